"""What the studio keeps about itself."""
