"""What the client says of the work, the studio's verdict on it, and whose turn it is."""
