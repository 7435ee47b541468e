"""Two versions beside each other: which screen is which, and what differs."""
