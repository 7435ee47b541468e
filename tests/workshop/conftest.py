"""One fixture that gives a file to the workshop, and what hostile files need to be made."""

import pytest

from portal import workshop


@pytest.fixture
def into(tmp_path):
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@pytest.fixture
def as_file(tmp_path):
    """`as_file(content)` is a path to these bytes, under a name that says nothing."""

    def write(content, name="upload"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def work(into, as_file):
    """`work("pages", content)` is what the tool answers for these bytes."""

    def run(tool, content, on_progress=None, **facts):
        facts = {name: as_file(one, name) for name, one in facts.items()}
        return workshop.run(tool, as_file(content), into, on_progress, **facts)

    return run


@pytest.fixture
def refused(work, into):
    """`refused("site", content)` is the sentence with which the tool refuses, leaving nothing."""

    def run(tool, content, **facts):
        with pytest.raises(workshop.Unusable) as refusal:
            work(tool, content, **facts)
        assert not list(into.iterdir())
        assert refusal.value.message.endswith(".")
        return refusal.value.message

    return run
