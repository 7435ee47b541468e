"""What the studio notes among itself is written as freely as what it sends: with files, and mended."""

import io

import pytest

from portal.threads.models import EDIT_MINUTES, NoteFile
from tests import make


@pytest.fixture
def places(cast):
    """Where notes are posted and where they are read, for a pin and the feedback it makes."""
    version = make.prototype(cast.project, by=cast.sam)
    version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    make.pins(version, by=cast.vic, texts=("Too blue",))
    return {
        "feedback": ("/projects/harbour/feedback/1/notes?from=inbox", "/inbox/harbour/1"),
        "pin": ("/projects/harbour/prototypes/pins/1/notes", "/projects/harbour/prototypes/pins/1"),
    }


@pytest.mark.parametrize("thing", ["feedback", "pin"])
def test_a_note_brings_files_that_only_the_studio_finds(cast, as_, places, thing):
    post, page = places[thing]
    data = {"note": "Their terms", "files": (io.BytesIO(b"Paid in May."), "terms.txt")}

    as_(cast.sam).post(post, data=data, follow_redirects=True)

    assert NoteFile.get().name == "terms.txt"
    assert "terms.txt" in as_(cast.dora).get(page).text
    theirs = page.replace("/inbox/harbour", "/projects/harbour/feedback")
    assert "terms.txt" not in as_(cast.vic).get(theirs).text


@pytest.mark.parametrize("thing", ["feedback", "pin"])
def test_ones_own_note_can_be_mended_for_a_quarter_of_an_hour(cast, as_, at, places, thing):
    at("2026-03-12 10:00")
    post, page = places[thing]
    as_(cast.sam).post(post, data={"note": "A tyop"})
    edit = f"/threads/{thing}/1/notes/1"

    assert edit in as_(cast.sam).get(page).text
    assert edit not in as_(cast.dora).get(page).text
    at(f"2026-03-12 10:{EDIT_MINUTES + 1}")
    assert edit not in as_(cast.sam).get(page).text
