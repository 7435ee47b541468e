"""The long runs of `make trust`: what a dispute would ask about, a thousand times."""
