"""Clients and their projects: the frame that everything else hangs in."""
