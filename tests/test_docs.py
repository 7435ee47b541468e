"""The documents say what the code does: each list in them is compared with its source."""

import hashlib
import re

import pytest

from portal.ledger.verbs import Verb
from portal.settings import ROOT, SETTINGS

DOCS = ("map.md", "glossary.md", "decisions.md", "adding-a-room.md", "operations.md")
ROOMS = sorted(path.parent.name for path in (ROOT / "portal").glob("*/__init__.py"))


def test_the_readme_has_every_setting_with_its_default_and_help():
    rows = dict.fromkeys(re.findall(r"^\| `([A-Z_]+)` \|", read("README.md"), re.MULTILINE))
    assert list(rows) == list(SETTINGS)
    for name, (default, help_text) in SETTINGS.items():
        row = f"| `{name}` | {default} | {help_text} |"
        assert plain(row) in plain(read("README.md")), row


def test_the_readme_fits_a_screen_and_has_a_picture():
    text = read("README.md")
    assert len(text.splitlines()) <= 100
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_names_the_commands(command):
    assert command in read("README.md")


@pytest.mark.parametrize("name", DOCS)
def test_a_document_is_there_and_has_a_title(name):
    assert read(f"docs/{name}").startswith("# ")


@pytest.mark.parametrize("room", ROOMS)
def test_the_map_has_a_line_for_every_room(room):
    assert re.search(rf"^.*`{room}/?`.*\w{{3}}", read("docs/map.md"), re.MULTILINE)


def test_the_glossary_has_a_word_for_every_thing_in_the_ledger():
    """`sign_off.sent` is about a sign-off; the glossary says what that is."""
    words = read("docs/glossary.md").lower()
    things = {str(verb).split(".")[0].replace("_", "-") for verb in Verb}
    assert not {thing for thing in things if thing.removesuffix("s") not in words}


def test_the_changelog_begins_with_what_is_not_released():
    headings = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"


@pytest.mark.parametrize("name", ["README.md", *(f"docs/{name}" for name in DOCS)])
def test_every_link_to_a_file_leads_somewhere(name):
    folder = (ROOT / name).parent
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", read(name))
    assert not [link for link in links if not (folder / link).exists()]


def test_every_vendored_file_is_listed_with_its_hash():
    """Files of others live in static/vendor, static/fonts and img/icons.svg, nowhere else."""
    static = ROOT / "static"
    listed = dict(
        re.findall(
            r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$",
            read("static/vendor/VENDORED.md"),
            re.MULTILINE,
        )
    )
    found = set((static / "vendor").glob("*.js")) | set((static / "fonts").glob("*.woff2"))
    hashes = {str(path.relative_to(static)): digest(path) for path in found}
    assert hashes.items() <= listed.items()
    assert listed.items() <= {name: digest(static / name) for name in listed}.items()


def read(name):
    return (ROOT / name).read_text()


def plain(text):
    """A table's cells may be padded."""
    return re.sub(r"\s+", " ", text)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
