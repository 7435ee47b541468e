"""The tool that proves the walls: it tries what a file that took over would try."""

import os
from contextlib import suppress
from pathlib import Path

from portal.workshop import seal


def work(_path, _into, _tell):
    """Return what is possible in here: {"sealed": no network?, "reads": folders of the machine
    that can be listed, "settings": names of the environment}.
    """
    reads = []
    for folder in ("/", "/etc", "/proc", str(Path.home().parent)):
        with suppress(OSError):
            reads += [folder] if list(Path(folder).iterdir()) else []
    return {"sealed": seal.is_sealed(), "reads": reads, "settings": sorted(os.environ)}
