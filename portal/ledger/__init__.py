"""What happened: an append-only, hash-chained list of facts, and how to check it without us."""
