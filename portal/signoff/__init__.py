"""One engine for everything a client signs. It knows no room by name."""
