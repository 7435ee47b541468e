"""Deciding: from what somebody answered to what is recorded, or nothing at all."""
