"""A prototype on paper: each screen by its name, and the hash of each file it was made from."""

from portal.documents.paper import Fact, Facts, Group, Part, Row, Table, paper
from portal.prototypes import sheet

KINDS = {
    "image": "Picture",
    "page": "Page",
    "site": "Website, from",
    "clip": "Video,",
    "link": "Link to",
}


@paper("prototype")
def parts(snapshot, _options):
    body = sheet.read(snapshot)
    count = len(body.shots)
    screens = Table(("Screen", "What it is"), [Group("", [_row(shot) for shot in body.shots])])
    found = [Part("Screens", [screens], f"{count} {'screen' if count == 1 else 'screens'}")]
    files = [Fact.hash(shot.file, shot.sha256) for shot in body.files]
    none = [Fact("Files", "None: only links were shown", look="quiet")]
    found.append(Part("Files", [Facts(files or none)], "By their SHA-256"))
    if snapshot["silence"]:
        found.append(Part("Dates", [Facts([Fact("Without an answer", snapshot["silence"])])]))
    return found


def _row(shot):
    return Row(shot.name, (f"{KINDS[shot.kind]} {shot.size}",))
