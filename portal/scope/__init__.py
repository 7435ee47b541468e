"""What the client gets, and the signature behind each item."""
