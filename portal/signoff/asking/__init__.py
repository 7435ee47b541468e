"""Asking: whom, in which order, in whose stead, and what waiting costs."""
