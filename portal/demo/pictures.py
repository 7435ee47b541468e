"""The pictures of the story, from the folder beside this file."""

import io
from pathlib import Path

FILES = Path(__file__).parent / "files"


def opened(name):
    """Return one of the story's files as an upload would arrive."""
    return io.BytesIO((FILES / name).read_bytes())
