"""Prototypes: images to look at, in versions that can be signed; pins in batches."""
