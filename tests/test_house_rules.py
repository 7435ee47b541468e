"""The rules of the house, each checked on every file there is and every file to come."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from portal.access.permissions import Permission
from portal.ledger.verbs import Verb
from portal.settings import ROOT

PORTAL, TEMPLATES, STATIC = ROOT / "portal", ROOT / "templates", ROOT / "static"
MODULES = sorted(PORTAL.rglob("*.py"))
ROOMS = sorted(path for path in PORTAL.iterdir() if any(path.glob("*.py")))
PAGES = sorted(TEMPLATES.rglob("*.html"))
SHEETS = sorted((STATIC / "css").rglob("*.css"))
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))

MODULE_LINES = 400  # At 300 a module becomes a folder; at 400 nobody did it.
PAGE_LINES = 160
SHEET_LINES = 180
SCRIPT_LINES = 160
VIEW_LINES = 15
FUNCTION_LINES = 40  # 30 is the measure; this is where it stops.

MARKUP = {"core/markdown.py", "core/web.py"}  # Escaped before, by hand, and nowhere else.
# What stands beside the rooms knows every one of them; no room knows it.
ROOF = {f"portal.{path.stem}" for path in PORTAL.glob("*.py")} - {"portal.settings"}
WITHOUT_HTTP = {"models", "queries", "jobs"}
HTTP = {"flask", "flask_login", "flask_wtf", "werkzeug", "wtforms"}
BANNED_MODULES = {"util", "utils", "helper", "helpers", "common", "misc", "services", "manager"}


def name_of(path):
    return str(path.relative_to(ROOT))


def each(argument, paths):
    return pytest.mark.parametrize(argument, paths, ids=name_of)


@cache
def tree_of(path):
    return ast.parse(path.read_text())


def room_of(path):
    return path.relative_to(PORTAL).parts[0]


def piece_of(path):
    """Return which piece of a room's furniture a module is: `models` for models/people.py too."""
    return path.relative_to(PORTAL).with_suffix("").parts[1:2]


def imports_of(path):
    """Yield every name a module imports, with its dots."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def attributes_of(path):
    """Yield `a.b` for each attribute looked up on a plain name, with its line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = getattr(node.value, "id", None) or getattr(node.value, "attr", "")
            yield f"{owner}.{node.attr}", node.lineno


@cache
def tracked():
    """Return the files that git keeps, of those that are text and ours."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and STATIC / "vendor" not in path.parents]


def texts():
    for path in tracked():
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # A picture, a face.


# Rooms -------------------------------------------------------------------------------------------


@each("room", ROOMS)
def test_a_room_says_in_a_sentence_what_it_is(room):
    words = ast.get_docstring(tree_of(room / "__init__.py"))
    assert words, f"{room.name}/__init__.py has no docstring"


@each("path", MODULES)
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(tree_of(path)), "no docstring"


@each("path", MODULES)
def test_a_room_keeps_its_views_and_forms_to_itself(path):
    room = room_of(path)
    if room in {"__init__.py", "rooms.py"}:
        return  # The roof registers the views.
    for name in imports_of(path):
        parts = name.split(".")
        private = len(parts) > 2 and parts[0] == "portal" and parts[2] in {"views", "forms"}
        assert not private or parts[1] == room, f"{room} imports {name}"


@each("path", MODULES)
def test_what_decides_reads_or_runs_later_knows_nothing_of_http(path):
    if set(piece_of(path)) & WITHOUT_HTTP and room_of(path) != "core":
        assert not {name.split(".")[0] for name in imports_of(path)} & HTTP


@each("path", [path for path in MODULES if path.parent not in (PORTAL, PORTAL / "cli")])
def test_no_room_knows_the_roof(path):
    assert not ROOF & set(imports_of(path))


@each("path", MODULES)
def test_no_module_is_a_drawer_for_odds_and_ends(path):
    assert not BANNED_MODULES & set(path.relative_to(PORTAL).with_suffix("").parts)


def test_the_verifier_of_an_export_needs_the_standard_library_only():
    names = {name.split(".")[0] for name in imports_of(PORTAL / "ledger" / "verify.py")}
    assert names <= sys.stdlib_module_names


# Sizes -------------------------------------------------------------------------------------------


def lines_in(path):
    return len(path.read_text().splitlines())


@pytest.mark.parametrize(
    ("paths", "most"),
    [
        (MODULES, MODULE_LINES),
        (PAGES, PAGE_LINES),
        (SHEETS, SHEET_LINES),
        (SCRIPTS, SCRIPT_LINES),
    ],
    ids=["modules", "templates", "stylesheets", "scripts"],
)
def test_no_file_is_too_long_to_be_read_at_once(paths, most):
    long = {name_of(path): lines_in(path) for path in paths if lines_in(path) > most}
    assert not long, f"more than {most} lines"


@each("path", MODULES)
def test_no_function_is_too_long_to_be_read_at_once(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            most = VIEW_LINES if is_view(node) else FUNCTION_LINES
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert lines <= most, f"{node.name} has {lines} lines"


def is_view(function):
    """A view stands below `@bp.get(…)` or `@bp.post(…)`."""
    calls = [
        decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call)
    ]
    return any(getattr(call, "attr", "") in {"get", "post", "route"} for call in calls)


# Time, numbers, text -----------------------------------------------------------------------------


@each("path", MODULES)
def test_only_the_clock_asks_the_time(path):
    if path == PORTAL / "core" / "clock.py":
        return
    asked = {"datetime.now", "dt.now", "datetime.utcnow", "date.today", "datetime.today"}
    found = [f"{name} in line {line}" for name, line in attributes_of(path) if name in asked]
    found += [name for name in imports_of(path) if name == "time.time"]
    assert not found


@each("path", MODULES)
def test_numbers_keep_their_units_and_instants_their_zone(path):
    """A decimal is a float on SQLite, a DateTimeField forgets its zone, an integer ends at 2^31."""
    if path.stem == "forms":
        return  # A form's integer is a text that was read, not a column.
    units = re.compile(r"_(minor|thousandths|bp|minutes|bytes|revision)$")
    for node in ast.walk(tree_of(path)):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        kind = getattr(node.value.func, "attr", getattr(node.value.func, "id", ""))
        name = getattr(node.targets[0], "id", "")
        assert kind not in {"FloatField", "DoubleField", "DecimalField", "DateTimeField"}, name
        assert not (kind in {"IntegerField", "SmallIntegerField"} and units.search(name)), name


@each("path", MODULES)
def test_only_two_modules_vouch_for_html(path):
    if str(path.relative_to(PORTAL)) not in MARKUP:
        assert not [name for name in imports_of(path) if name.endswith(".Markup")]


@each("path", MODULES)
def test_no_sql_is_pasted_together(path):
    """Values are bound. `{…}` in a statement is allowed where no value can come: nowhere yet."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"execute_sql", "Read", "SQL", "execute"}:
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), node.lineno


# Templates ---------------------------------------------------------------------------------------

FORBIDDEN = {
    "unescaped HTML": r"\|\s*safe\b|autoescape\s+false",
    "a style in a page": r"\sstyle\s*=",
    "a script in an attribute": r"\son[a-z]+\s*=|\bhx-on\b|javascript:",
    "a script in a value": r"hx-(vals|headers|vars)\s*=\s*[\"']\s*js:",
    "a script in a page": r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")",
    "another host": r"(src|href)\s*=\s*[\"']https?://",
}


@each("path", [path for path in PAGES if "mail" not in path.relative_to(TEMPLATES).parts])
def test_a_page_holds_no_script_no_style_and_nothing_unescaped(path):
    text = path.read_text()
    for what, pattern in FORBIDDEN.items():
        if what.startswith("a style") and path.name == "mail.html":
            continue  # Mail programs read nothing else; it is inlined when the letter is made.
        assert not re.search(pattern, text), what


@each("path", PAGES)
def test_a_template_includes_only_the_common_parts_and_its_own_folder(path):
    folder = path.relative_to(TEMPLATES).parts[0]
    common = {"layout", "ui", "errors", folder}
    for used in re.findall(
        r"{%-?\s*(?:include|import|from|extends)\s+[\"']([^\"']+)", path.read_text()
    ):
        assert used.split("/")[0] in common, used


@each("path", sorted((TEMPLATES / "mail").glob("*")))
def test_a_mail_has_a_subject_a_text_and_a_page(path):
    if not path.name.startswith("_") and path.is_dir():
        names = {part.name for part in path.iterdir() if not part.name.startswith("_")}
        assert names == {"subject.txt", "body.txt", "body.html"}


# The web -----------------------------------------------------------------------------------------


def test_every_route_says_who_may_use_it(app):
    from portal.access.guard import OPEN_ENDPOINTS

    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - OPEN_ENDPOINTS
    assert endpoints == set(app.extensions["allowed"])


def test_no_address_ends_in_a_slash_or_names_a_verb(app):
    verbs = re.compile(r"/(create|edit|delete|update|send|approve|decline|do)(/|-|_|$)")
    for rule in app.url_map.iter_rules():
        assert rule.rule == "/" or not rule.rule.endswith("/"), rule.rule
        assert not verbs.search(rule.rule), rule.rule


# Lists -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("listed", [Verb, Permission])
def test_a_closed_list_is_in_alphabetical_order(listed):
    assert [str(one) for one in listed] == sorted(map(str, listed))
    assert [one.name for one in listed] == [re.sub(r"[.:-]", "_", one).upper() for one in listed]


# The repository ----------------------------------------------------------------------------------

# Written apart, so that this file does not find itself.
LEFT_TO_DO = re.compile("TO" + "DO|FIX" + "ME|XX" + "X\\b|NotImplemented" + "Error")
REGISTRIES = re.compile(
    "|".join(
        ["pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "npm" + r"js\.com"]
    )
    + "|deb"
    + r"\.debian\.org"
)
MACHINE_PATHS = re.compile(r"(^|[^\w.])/(work|farm|root|home/\w+)/", re.MULTILINE)


@pytest.mark.parametrize(
    "pattern", [REGISTRIES, MACHINE_PATHS], ids=["host of a registry", "path of a machine"]
)
def test_no_file_names_a(pattern):
    found = {
        name_of(path) for path, text in texts() if path != Path(__file__) and pattern.search(text)
    }
    assert not found


def test_nothing_is_left_to_do_in_the_code():
    code = {".py", ".html", ".css", ".js"}
    ours = [
        (path, text) for path, text in texts() if path.suffix in code and path != Path(__file__)
    ]
    assert not {name_of(path) for path, text in ours if LEFT_TO_DO.search(text)}


def test_no_file_is_larger_than_a_picture():
    assert not {name_of(path) for path in tracked() if path.stat().st_size > 1_000_000}


def test_both_locks_agree():
    """The tests run on the versions that an installation gets."""
    pins = [
        dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-test.txt")
    ]
    assert pins[0].items() <= pins[1].items()
