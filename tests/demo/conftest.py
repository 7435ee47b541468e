"""The story, told once for all tests of a module that only read it."""

import pytest

from portal import create_app, demo
from tests.conftest import let_go_of_the_queue, settings_for
from tests.databases import opened


@pytest.fixture(scope="module")
def installed(databases, built_assets, tmp_path_factory):
    """The portal with the demo in it."""
    data = tmp_path_factory.mktemp("demo")
    (data / "static").symlink_to(built_assets)
    with databases.fresh(data) as url, opened(url):
        settings = settings_for(data, 8000, url)
        app = create_app(settings)
        let_go_of_the_queue()
        demo.load(settings)
        yield app


@pytest.fixture(scope="module")
def told(installed):
    """Its settings."""
    return installed.extensions["settings"]
