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


def nothing(found):
    """Fail with what was found, one place on a line: a rule is one test, however many the files."""
    found = list(found)
    assert not found, "\n".join(["found", *found])


@cache
def tree_of(path):
    return ast.parse(path.read_text())


@cache
def nodes_of(path):
    return list(ast.walk(tree_of(path)))


def room_of(path):
    return path.relative_to(PORTAL).parts[0]


def piece_of(path):
    """Return which piece of a room's furniture a module is: `models` for models/people.py too."""
    return path.relative_to(PORTAL).with_suffix("").parts[1:2]


def place_of(path, node):
    return f"{name_of(path)}:{node.lineno}"


def imports_of(path):
    """Yield every name a module imports, with its dots, and the place where it does."""
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, place_of(path, node)) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            yield from ((name, place_of(path, node)) for name in names)


def attributes_of(path):
    """Yield `a.b` for each attribute looked up on a plain name, with its place."""
    for node in nodes_of(path):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = getattr(node.value, "id", None) or getattr(node.value, "attr", "")
            yield f"{owner}.{node.attr}", place_of(path, node)


def calls_in(path):
    """Yield the name of each function that is called, with the call."""
    for node in nodes_of(path):
        if isinstance(node, ast.Call):
            yield name_called(node), node


def name_called(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


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


def test_a_room_says_in_a_sentence_what_it_is():
    homes = [room / "__init__.py" for room in ROOMS]
    nothing(name_of(home) for home in homes if not ast.get_docstring(tree_of(home)))


def test_a_module_says_what_it_is():
    nothing(name_of(path) for path in MODULES if not ast.get_docstring(tree_of(path)))


def test_a_room_keeps_its_views_and_forms_to_itself():
    roof = {"__init__.py", "rooms.py"}  # It registers the views.
    nothing(
        f"{place} imports {name}"
        for path in MODULES
        if room_of(path) not in roof
        for name, place in imports_of(path)
        if is_private(name.split("."), room_of(path))
    )


def is_private(parts, room):
    other = len(parts) > 2 and parts[0] == "portal" and parts[1] != room
    return other and parts[2] in {"views", "forms"}


def test_what_decides_reads_or_runs_later_knows_nothing_of_http():
    nothing(
        f"{place} imports {name}"
        for path in MODULES
        if set(piece_of(path)) & WITHOUT_HTTP and room_of(path) != "core"
        for name, place in imports_of(path)
        if name.split(".")[0] in HTTP
    )


def test_no_room_knows_the_roof():
    nothing(
        f"{place} imports {name}"
        for path in MODULES
        if path.parent not in (PORTAL, PORTAL / "cli")
        for name, place in imports_of(path)
        if name in ROOF
    )


def test_no_module_is_a_drawer_for_odds_and_ends():
    names = {path: set(path.relative_to(PORTAL).with_suffix("").parts) for path in MODULES}
    nothing(name_of(path) for path in MODULES if names[path] & BANNED_MODULES)


def test_the_verifier_of_an_export_needs_the_standard_library_only():
    names = {name.split(".")[0] for name, _ in imports_of(PORTAL / "ledger" / "verify.py")}
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


def test_no_function_is_too_long_to_be_read_at_once():
    nothing(
        f"{place_of(path, node)}: {node.name} has {lines_of(node)} lines"
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef)
        and lines_of(node) > (VIEW_LINES if is_view(node) else FUNCTION_LINES)
    )


def lines_of(function):
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def is_view(function):
    """A view stands below `@bp.get(…)` or `@bp.post(…)`."""
    calls = [
        decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call)
    ]
    return any(getattr(call, "attr", "") in {"get", "post", "route"} for call in calls)


# Time, numbers, text -----------------------------------------------------------------------------


def test_only_the_clock_asks_the_time():
    asked = {"datetime.now", "dt.now", "datetime.utcnow", "date.today", "datetime.today"}
    others = [path for path in MODULES if path != PORTAL / "core" / "clock.py"]
    found = [(name, at) for path in others for name, at in attributes_of(path) if name in asked]
    found += [(name, at) for path in others for name, at in imports_of(path) if name == "time.time"]
    nothing(f"{place}: {name}" for name, place in found)


def test_numbers_keep_their_units_and_instants_their_zone():
    """A decimal is a float on SQLite, a DateTimeField forgets its zone, an integer ends at 2^31."""
    others = [path for path in MODULES if path.stem != "forms"]  # Texts that were read, no columns.
    nothing(
        f"{place_of(path, node)}: {kind} {name}"
        for path in others
        for node, kind, name in assigned_in(path)
        if kind in {"FloatField", "DoubleField", "DecimalField", "DateTimeField"}
        or (kind in {"IntegerField", "SmallIntegerField"} and UNITS.search(name))
    )


UNITS = re.compile(r"_(minor|thousandths|bp|minutes|bytes|revision)$")


def assigned_in(path):
    """Yield each `name = kind(…)`, with its node."""
    for node in nodes_of(path):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            yield node, name_called(node.value), getattr(node.targets[0], "id", "")


def test_only_two_modules_vouch_for_html():
    nothing(
        f"{place} imports {name}"
        for path in MODULES
        if str(path.relative_to(PORTAL)) not in MARKUP
        for name, place in imports_of(path)
        if name.endswith(".Markup")
    )


def test_no_sql_is_pasted_together():
    """Values are bound. `{…}` in a statement is allowed where no value can come: nowhere yet."""
    nothing(
        place_of(path, call)
        for path in MODULES
        for name, call in calls_in(path)
        if name in {"execute_sql", "Read", "SQL", "execute"}
        and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    )


# Templates ---------------------------------------------------------------------------------------

FORBIDDEN = {
    "unescaped HTML": r"\|\s*safe\b|autoescape\s+false",
    "a style in a page": r"\sstyle\s*=",
    "a script in an attribute": r"\son[a-z]+\s*=|\bhx-on\b|javascript:",
    "a script in a value": r"hx-(vals|headers|vars)\s*=\s*[\"']\s*js:",
    "a script in a page": r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")",
    "another host": r"(src|href)\s*=\s*[\"']https?://",
}


def test_a_page_holds_no_script_no_style_and_nothing_unescaped():
    pages = [path for path in PAGES if "mail" not in path.relative_to(TEMPLATES).parts]
    nothing(
        f"{line_of(path, found)}: {what}"
        for path in pages
        for what, pattern in FORBIDDEN.items()
        if (found := re.search(pattern, path.read_text())) and not is_inlined(path, what)
    )


def is_inlined(path, what):
    """Mail programs read no stylesheet; a letter's is inlined when it is made."""
    return path.name == "mail.html" and what.startswith("a style")


def line_of(path, found):
    return f"{name_of(path)}:{found.string.count(chr(10), 0, found.start()) + 1}"


def test_a_template_includes_only_the_common_parts_and_its_own_folder():
    uses = re.compile(r"{%-?\s*(?:include|import|from|extends)\s+[\"']([^\"']+)")
    nothing(
        f"{line_of(path, used)} uses {used[1]}"
        for path in PAGES
        for used in uses.finditer(path.read_text())
        if used[1].split("/")[0]
        not in {"layout", "ui", "errors", path.relative_to(TEMPLATES).parts[0]}
    )


def test_a_mail_has_a_subject_a_text_and_a_page():
    mails = [path for path in (TEMPLATES / "mail").glob("[!_]*") if path.is_dir()]
    files = {path: {part.name for part in path.glob("[!_]*")} for path in mails}
    assert mails
    nothing(
        name_of(path)
        for path, names in files.items()
        if names != {"subject.txt", "body.txt", "body.html"}
    )


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
