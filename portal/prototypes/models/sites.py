"""What can be chosen about a website while its version is a draft."""

from portal.core.errors import DomainError
from portal.prototypes.models.arranging import one_of
from portal.prototypes.models.screens import Screen, ScreenKind
from portal.prototypes.models.sources import SiteFile
from portal.storage.sites import HTML


def choose_start(version, screen_id, path):
    """Begin a website with another of its pages.

    Raises DomainError for what is no page of it, Conflict if the version has been sent.
    """
    with version.drafting() as draft:
        screen = one_of(Screen.of(draft), screen_id)
        page = SiteFile.get_or_none(source=screen.source_id, path=path, media_type=HTML)
        if screen.kind != ScreenKind.SITE or page is None:
            raise DomainError("Choose one of the pages of this website.")
        screen.address = page.path
        screen.save()
