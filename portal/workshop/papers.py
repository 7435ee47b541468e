"""From the facts of a document to a PDF: tagged, PDF/A-3b, with its records attached.

The facts are what people typed. They reach typst as JSON, so they cannot become markup, and they
are set here, among the walls, all the same.
"""

import json
import os
import re
import shutil
import unicodedata

import typst

from portal.workshop import glyphs

LONG = re.compile(r"[^\s\u200b]{33,}")  # What may not fit in a line: paths, addresses, names.
STEP = 8  # Letters after which such a word may break.
STANDARD = "a-3b"
LOGO_PX = (900, 300)  # 22 mm high at most, at 350 to the inch.


def work(path, into, tell, templates, logo=None):
    """Set the document whose {"paper", "files"} stand as JSON at `path`, by `paper.typ`.

    `logo` is a picture for its head. Returns {"file": the PDF's name}.
    """
    told = json.loads(path.read_text("utf-8"))
    for source in templates.glob("*.typ"):  # Beside the logo: typst reads below one folder.
        shutil.copyfile(source, into / source.name)
    told["paper"]["logo"] = _small(logo, into) if logo else ""
    tell(0, 1)
    try:
        pdf = _set(told, templates / "fonts", into, ignore_system_fonts=False)
    except typst.TypstError:  # A sign that no font of this machine has, as a rule.
        drawn = glyphs.drawn_by(sorted((templates / "fonts").glob("*.ttf")))
        told["paper"] = _each_text(told["paper"], lambda text: spelt(text, drawn))
        pdf = _set(told, templates / "fonts", into, ignore_system_fonts=True)
    (into / "paper.pdf").write_bytes(pdf)
    return {"file": "paper.pdf"}


def breakable(text):
    """Return the text with places where a very long word may break."""

    def pieces(found):
        word = found[0]
        return "\u200b".join(word[i : i + STEP] for i in range(0, len(word), STEP))

    return LONG.sub(pieces, text)


def spelt(text, drawn):
    """Return the text with each sign that is not in `drawn` named instead.

    >>> spelt("Go 🚀 中", set(map(ord, "Go ")))
    'Go [rocket] [U+4E2D]'
    """
    return "".join(sign if ord(sign) in drawn else _named(sign) for sign in text)


def _named(sign):
    category = unicodedata.category(sign)
    if category in ("Cf", "Cc", "Mn") and sign != "\n":  # Joiners and selectors have no look.
        return ""
    if sign.isspace():
        return sign if sign == "\n" else " "
    name = unicodedata.name(sign, "").lower()
    return f"[{name}]" if category == "So" and name else f"[U+{ord(sign):04X}]"


def _small(logo, into):
    """Return the name of a copy of the logo that is sharp on paper, or "" if it cannot be read."""
    import pyvips  # noqa: PLC0415 - most documents have none, and it takes its time.

    try:
        width, height = LOGO_PX
        picture = pyvips.Image.thumbnail(str(logo), width, height=height, size="down")
        picture.write_to_file(str(into / "logo.png"), keep="icc")
    except pyvips.Error:
        return ""
    return "logo.png"


def _set(told, fonts, root, *, ignore_system_fonts):
    os.environ.setdefault("RAYON_NUM_THREADS", "2")
    return typst.compile(
        str(root / "paper.typ"),
        root=str(root),
        font_paths=[str(fonts)],
        ignore_system_fonts=ignore_system_fonts,
        format="pdf",
        pdf_standards=[STANDARD],
        sys_inputs={
            "paper": json.dumps(_each_text(told["paper"], breakable), ensure_ascii=False),
            "files": json.dumps(told["files"], ensure_ascii=False),
        },
    )


def _each_text(value, change):
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    return change(value) if isinstance(value, str) else value
