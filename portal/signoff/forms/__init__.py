"""What is typed about sign-offs, as a browser posts it."""
