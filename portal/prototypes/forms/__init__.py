"""What people type about prototypes, as a browser posts it."""
