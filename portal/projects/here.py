"""What a form of the project at hand reads amounts and days by: `Meta = Here`."""

from flask import g

from portal.core.filters import READER


class Here:
    """The project's currency, the reader's manner."""

    @property
    def locale(self):
        return READER.get().locale

    @property
    def currency(self):
        return g.project.currency
