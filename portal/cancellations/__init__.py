"""Undoing what was signed, by both sides: proposed by the studio, signed by the client."""
