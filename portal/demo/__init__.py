"""The demo: one studio, three clients, some weeks of work, told through the models."""

from portal.demo.story import is_empty, load

__all__ = ["is_empty", "load"]
