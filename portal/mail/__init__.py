"""Letters: rows written with the change that causes them, sent later, each attempt recorded."""
