"""Every template, without a page that happens to need it."""

import pytest
from jinja2 import StrictUndefined, nodes

from portal.settings import ROOT

TEMPLATES = ROOT / "templates"
ALL = sorted(
    str(path.relative_to(TEMPLATES))
    for path in TEMPLATES.rglob("*")
    if path.suffix in {".html", ".txt"}
)
MAILS = [name for name in ALL if name.startswith("mail/")]
SHARED = ("layout/", "ui/", "mail/")
PAGES = [
    name
    for name in ALL
    if not name.startswith(SHARED) and not name.rsplit("/", 1)[-1].startswith("_")
]


def parse(app, name):
    return app.jinja_env.parse((TEMPLATES / name).read_text())


@pytest.fixture(scope="module")
def module_app(tmp_path_factory, databases):
    """One portal for all of these: they only read its template environment."""
    from portal import create_app
    from tests.conftest import let_go_of_the_queue, settings_for

    data = tmp_path_factory.mktemp("templates")
    with databases.fresh(data) as url:
        app = create_app(settings_for(data, 8000, url))
        let_go_of_the_queue()
        yield app


def test_a_missing_value_is_an_error_never_a_gap(module_app):
    assert module_app.jinja_env.undefined is StrictUndefined


@pytest.mark.parametrize("name", [name for name in ALL if name not in MAILS])
def test_a_template_compiles(module_app, name):
    """Unknown filters and tests are found here too."""
    module_app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_title(module_app, name):
    tree = parse(module_app, name)
    titles = [block for block in tree.find_all(nodes.Block) if block.name == "title"]
    has_own = "<title>" in (TEMPLATES / name).read_text()
    assert has_own or (titles and titles[0].body), "no {% block title %}"


@pytest.mark.parametrize("name", PAGES)
def test_a_block_that_is_sent_alone_imports_its_own_macros(module_app, name):
    """When a block is rendered alone, an `import` at the top of the file has not run."""
    tree = parse(module_app, name)
    if next(tree.find_all(nodes.Extends), None) is None:
        return
    at_top = {node for node in tree.body if isinstance(node, nodes.Import | nodes.FromImport)}
    assert not at_top, "import inside the block that uses it"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_main_heading(module_app, name):
    text = (TEMPLATES / name).read_text()
    assert text.count("<h1") <= 1
