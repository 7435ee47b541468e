"""What of the signed money is used, and what the whole will come to, as the studio states it."""
