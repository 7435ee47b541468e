"""The stylesheets and the script: named by content, whole, light, and honest about their origin."""

import gzip
import hashlib
import re
import shutil
from pathlib import Path

import pytest
from flask import Flask

from portal.core import assets

STATIC = Path(__file__).parents[2] / "static"
SHEETS = sorted((STATIC / "css").rglob("*.css"))
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
VENDORED = re.findall(
    r"\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|", (STATIC / "vendor/VENDORED.md").read_text()
)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    return assets.build(STATIC, tmp_path_factory.mktemp("assets"))


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(STATIC, tmp_path / "static"))


def text(manifest, name):
    return (manifest.out / manifest.names[name]).read_text()


def test_a_name_changes_with_its_content(copy, tmp_path):
    before = assets.build(copy, tmp_path / "out").url("app.css")
    (copy / "css/card.css").write_text("@layer components { .card { padding: 0; } }")
    after = assets.build(copy, tmp_path / "out").url("app.css")
    assert before != after
    assert (tmp_path / "out" / before.removeprefix("/static/")).exists()


def test_building_again_writes_nothing(copy, tmp_path):
    first = assets.build(copy, tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in first.out.rglob("*")}
    assert assets.build(copy, tmp_path / "out") == first
    assert {path: path.stat().st_mtime_ns for path in first.out.rglob("*")} == times


def test_every_url_in_a_stylesheet_leads_to_a_file(manifest):
    urls = re.findall(r'url\("([^"]+)"\)', text(manifest, "app.css"))
    assert len(urls) == 4
    assert all((manifest.out / url).is_file() for url in urls)


def test_every_stylesheet_is_in_one_bundle(manifest):
    client = assets.client_sheets(STATIC / "css")
    others = [path for name in assets.BUNDLES for path in (STATIC / "css" / name).glob("*.css")]
    assert sorted([*client, *others]) == SHEETS


def test_the_layers_are_declared_before_anything_else(manifest):
    assert text(manifest, "app.css").startswith(
        "@layer reset, tokens, base, layout, components, utilities;"
    )


def test_a_compressed_twin_unpacks_to_the_same(manifest):
    plain = manifest.out / manifest.names["app.js"]
    assert gzip.decompress(plain.with_name(plain.name + ".gz").read_bytes()) == plain.read_bytes()
    assert plain.with_name(plain.name + ".br").exists()


def test_an_asset_is_served_for_ever_to_our_own_pages(manifest):
    app = Flask("assets", static_folder=None)
    assets.install(app, manifest)
    with app.test_client().get(
        manifest.url("app.css"), headers={"Accept-Encoding": "br"}
    ) as answer:
        headers = answer.headers
    assert headers["Content-Encoding"] == "br"
    assert "immutable" in headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in headers


def test_a_misspelt_asset_is_refused(manifest):
    with pytest.raises(LookupError, match=r"app\.sass"):
        manifest.url("app.sass")


def test_the_clients_stylesheet_stays_light(manifest):
    assert len(gzip.compress(text(manifest, "app.css").encode(), 9)) <= 10_000


@pytest.mark.parametrize("bundle", ["review", "compare"])
def test_what_a_review_needs_besides_stays_light(manifest, bundle):
    assert len(gzip.compress(text(manifest, f"{bundle}.css").encode(), 9)) <= 4_000


@pytest.mark.parametrize("bundle", assets.BUNDLES)
def test_our_own_script_stays_light_on_every_page(manifest, bundle):
    parts = [assets.own_js(sorted((STATIC / "js").glob("*.js"))), text(manifest, f"{bundle}.js")]
    assert sum(len(gzip.compress(part.encode(), 9)) for part in parts) <= 10_000


def test_every_script_is_in_one_bundle():
    assert {path.parent.name for path in SCRIPTS} <= {"js", "content", *assets.BUNDLES}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_stylesheet_says_what_it_is_for_and_stays_short(path):
    lines = path.read_text().splitlines()
    assert lines[0].startswith("/* ")
    assert len(lines) <= 150


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_an_element_says_what_it_is_for_and_stays_short(path):
    lines = path.read_text().splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= 120


@pytest.mark.parametrize(("name", "sha256"), VENDORED)
def test_what_we_did_not_write_is_what_we_say(name, sha256):
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == sha256


def test_everything_vendored_is_listed():
    here = [*(STATIC / "vendor").glob("*.js"), *(STATIC / "fonts").iterdir()]
    assert {path.relative_to(STATIC).as_posix() for path in here} <= {name for name, _ in VENDORED}
