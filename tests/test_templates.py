"""Every template, without a page that happens to need it."""

from functools import cache

import pytest
from jinja2 import StrictUndefined, TemplateError, nodes

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


@cache
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


def test_each_template_compiles(module_app):
    """Unknown filters and tests are found here too."""
    broken = {}
    for name in ALL:
        if name not in MAILS:
            try:
                module_app.jinja_env.get_template(name)
            except TemplateError as error:
                broken[f"{name}:{getattr(error, 'lineno', '')}"] = str(error)
    assert not broken, "\n".join(f"{place} {why}" for place, why in broken.items())


def test_a_page_has_a_title(module_app):
    untitled = [name for name in PAGES if not has_title(module_app, name)]
    assert not untitled, "no {% block title %}: " + ", ".join(untitled)


def has_title(app, name):
    titles = [block for block in parse(app, name).find_all(nodes.Block) if block.name == "title"]
    return "<title>" in (TEMPLATES / name).read_text() or bool(titles and titles[0].body)


def test_a_block_that_is_sent_alone_imports_its_own_macros(module_app):
    """When a block is rendered alone, an `import` at the top of the file has not run."""
    outside = [
        f"{name}:{node.lineno}"
        for name in PAGES
        for node in imported_at_the_top(parse(module_app, name))
    ]
    assert not outside, "import inside the block that uses it: " + ", ".join(outside)


def imported_at_the_top(tree):
    extends = next(tree.find_all(nodes.Extends), None) is not None
    imports = nodes.Import | nodes.FromImport
    return [node for node in tree.body if extends and isinstance(node, imports)]


def test_a_page_has_one_main_heading():
    several = [name for name in PAGES if (TEMPLATES / name).read_text().count("<h1") > 1]
    assert not several, ", ".join(several)
