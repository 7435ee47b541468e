"""What estimates begin with and go out as."""
