"""Real servers that tests stand on, each on a port of its own and gone with whoever started it."""
