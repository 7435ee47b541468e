"""A draft as a browser posts it."""
