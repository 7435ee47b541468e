"""The agency that runs this installation, as its clients see it."""
