"""A priced answer to a brief: drafted in sections and lines, sent in versions, signed once."""
