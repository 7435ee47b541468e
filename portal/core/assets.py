"""The stylesheets and the scripts: joined at start, named by their content, served for a year.

What lies in `css/` and `js/` goes to every page; a folder in them is a bundle of its own, for the
pages that ask for it: `studio` for producers, `review` for whoever looks at a prototype, `compare`
for two versions of one, `signoff` for what is signed and its receipt, `filing` for leaving feedback,
`talk` for whoever writes in a thread, fetched once they do.

`build` writes hashed copies with `.br` and `.gz` beside them and may run in two processes at once.
The text of one version never changes, so an old page finds its old stylesheet after a deployment.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise

PREFIX = "/static/"
FIRST = ("_layers.css", "_tokens.css", "_reset.css", "_base.css", "layout.css")
LAST = ("utilities.css", "print.css")
BUNDLES = ("studio", "review", "compare", "signoff", "filing", "talk")
#: What a bundle has besides its own folder, so that a page needs no other one.
SHARED = {"compare": ("review.css", "pan-stage.js", "pins-sheet.js", "zoom-stage.js")}
VENDOR = ("htmx-4.0.1.min.js", "hx-ptag-4.0.1.min.js", "hx-preload-4.0.1.min.js")
COPIED = ("fonts", "img")
COMPRESSIBLE = {".css", ".js", ".svg"}

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
URL = re.compile(r"""url\((["']?)(?!data:|#)([^"')]+)\1\)""")


@dataclass(frozen=True)
class Manifest:
    """Which hashed name each asset has, and the folder that holds them."""

    out: Path
    names: Mapping[str, str]

    def url(self, name: str) -> str:
        """Return the address of an asset; an unknown one is a mistake in a template."""
        try:
            return PREFIX + self.names[name]
        except KeyError:
            raise LookupError(f"No asset is called {name!r}.") from None


def build(source: Path, out: Path) -> Manifest:
    """Join, name and compress everything under `source` into `out`; skip what is there."""
    names = dict(copies(source, out))
    css, js = source / "css", source / "js"
    texts = {"app.css": join_css(client_sheets(css), source, names), "app.js": join_js(source)}
    for bundle in BUNDLES:
        texts[f"{bundle}.css"] = join_css(of_bundle(css, bundle, "css"), source, names)
        texts[f"{bundle}.js"] = own_js(of_bundle(js, bundle, "js"))
    return Manifest(
        out, names | {name: publish(out, name, t.encode()) for name, t in texts.items()}
    )


def install(app: Flask, manifest: Manifest) -> None:
    """Serve the manifest's folder below /static/ and give templates `static_url`."""
    app.jinja_env.globals["static_url"] = manifest.url
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=manifest.out,
        prefix=PREFIX,
        immutable_file_test=".",  # Every name in the folder carries the hash of its content.
        allow_all_origins=False,
        add_headers_function=forbid_sniffing,
    )


def of_bundle(folder: Path, bundle: str, kind: str) -> list[Path]:
    """Return the files of a bundle: what it shares with `review`, then its own."""
    shared = [folder / "review" / name for name in SHARED.get(bundle, ()) if name.endswith(kind)]
    return [*shared, *sorted((folder / bundle).glob(f"*.{kind}"))]


def copies(source: Path, out: Path) -> Iterator[tuple[str, str]]:
    """Publish fonts and pictures as they are."""
    for folder in COPIED:
        for path in sorted((source / folder).rglob("*")):
            if path.is_file():
                name = path.relative_to(source).as_posix()
                yield name, publish(out, name, path.read_bytes())


def client_sheets(css: Path) -> list[Path]:
    """Return the stylesheets every page needs: the ground, each component, then print."""
    named = {*FIRST, *LAST}
    components = sorted(path.name for path in css.glob("*.css") if path.name not in named)
    return [css / name for name in (*FIRST, *components, *LAST)]


def join_css(sheets: Iterable[Path], source: Path, names: Mapping[str, str]) -> str:
    """Return the sheets as one, without comments and indents, its urls by hashed name."""
    return "\n".join(tight(hashed_urls(path, source, names)) for path in sheets) + "\n"


def tight(text: str) -> str:
    lines = (line.strip() for line in COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def hashed_urls(path: Path, source: Path, names: Mapping[str, str]) -> str:
    """Return a sheet whose relative urls lead from the joined file to the hashed copies."""

    def hashed(match: re.Match[str]) -> str:
        target = (path.parent / match[2]).resolve()
        return f'url("{names[target.relative_to(source.resolve()).as_posix()]}")'

    return URL.sub(hashed, path.read_text("utf-8"))


def join_js(source: Path) -> str:
    """Return htmx with its extensions, then each of our elements in a scope of its own."""
    vendor = [(source / "vendor" / name).read_text("utf-8") for name in VENDOR]
    return "\n;\n".join([*vendor, own_js(sorted((source / "js").glob("*.js")))])


def own_js(paths: Iterable[Path]) -> str:
    """Return our elements one after the other, without comments and indents."""
    texts = (path.read_text("utf-8") for path in paths)
    return "".join(f'(() => {{\n"use strict"\n{tight_js(text)}\n}})();\n' for text in texts)


def tight_js(text: str) -> str:
    """Return a script without its indents and the lines that are only a comment."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def publish(out: Path, name: str, content: bytes) -> str:
    """Write `content` under its hashed name, the compressed twins first, and return the name."""
    plain = Path(name)
    hashed = plain.with_name(
        f"{plain.stem}.{hashlib.sha256(content).hexdigest()[:8]}{plain.suffix}"
    )
    target = out / hashed
    if not target.exists():  # The plain file comes last: where it is, its twins are.
        target.parent.mkdir(parents=True, exist_ok=True)
        if plain.suffix in COMPRESSIBLE:
            write(target.with_name(target.name + ".gz"), gzip.compress(content, 9, mtime=0))
            write(target.with_name(target.name + ".br"), brotli.compress(content))
        write(target, content)
    return hashed.as_posix()


def write(target: Path, content: bytes) -> None:
    """Put a whole file in place at once, readable by all."""
    with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as draft:
        draft.write(content)
    whole = Path(draft.name)
    whole.chmod(0o644)
    whole.replace(target)


def forbid_sniffing(headers: Headers, *_: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
