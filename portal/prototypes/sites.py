"""Websites as the content origin and the pages about them read them: files, pages, widths."""

from collections import defaultdict
from urllib.parse import quote

from portal.core.read import Read
from portal.storage import sites
from portal.storage.sites import HTML

#: What a website is looked at in, in CSS pixels: the device's width and height.
WIDTHS = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1280, 900)}
_IN_PATHS = "/?#[]@!$&'()*+,;=:~"  # Of an address, beside letters and digits.

_FILE = Read(
    """select b.sha256, f.media_type from site_file f join blob b on b.id = f.blob_id
       join source r on r.id = f.source_id join prototype_version v on v.id = r.version_id
       join prototype p on p.id = v.prototype_id
       where f.source_id = :source and f.path = :path and p.project_id = :project"""
)
_PAGES = Read(
    """select f.source_id, f.path, f.title from site_file f
       where f.media_type = :html and f.source_id in
             (select s.source_id from screen s where s.version_id = :version)
       order by f.source_id, f.path"""
)


@sites.register
def find(claims, path):
    """Return the file of a website, if it belongs to the project that the link is for."""
    row = _FILE.one(source=claims["w"], project=claims["p"], path=path)
    return sites.File(row.sha256, row.media_type) if row else None


def pages(version):
    """Return the pages of each website that a version shows: source id -> rows, by their paths."""
    found = defaultdict(list)
    for row in _PAGES.all(version=version.id, html=HTML):
        found[row.source_id].append(row)
    return found


def page_url(root, route):
    """Return the address of a page, from its folder's address and its route as people read it.

    >>> page_url("http://c.example/t/", "über uns.html?a=1#top")
    'http://c.example/t/%C3%BCber%20uns.html?a=1#top'
    """
    return root + quote(route.lstrip("/"), safe=_IN_PATHS)
