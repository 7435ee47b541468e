"""Plain functions that make files of each kind that people upload, as bytes. Nothing is fetched."""

import io
import zipfile

import av
import pyvips

SEA, SAND = [40, 110, 160, 255], [240, 200, 80, 255]
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="css/site.css"><script type="module" src="js/site.js"></script></head>
<body><h1>{title}</h1><p><a href="about.html">About</a> <a href="missing.html">Lost</a></p>
<img src="img/hero.png" alt=""></body></html>
"""


def image(width=1200, height=800, suffix=".png", seed=1, **options):
    """Return a picture with something to see: a slope of colour and a darker box."""
    slope = pyvips.Image.identity().resize(width / 256, vscale=height).crop(0, 0, width, height)
    colour = slope.bandjoin([255 - slope, (slope * 0 + 40 * seed).cast("uchar")]).cast("uchar")
    drawn = colour.draw_rect([30, 30, 60], width // 4, height // 4, width // 8, height // 8, fill=1)
    return drawn.copy(interpretation="srgb").write_to_buffer(suffix, **options)


def svg(inside='<rect width="40" height="30" fill="#c33"/>', size='width="40" height="30"'):
    """Return an SVG with `inside` drawn in it."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'.encode()


def pdf(pages=3, size=(595, 842), texts=None, drawings=None):
    """Return a PDF. `texts` has one text for each page, its lines set below each other;
    `drawings` maps a page's index to more content, in PDF's own words.
    """
    texts = list(texts) if texts is not None else [f"Page {n + 1}" for n in range(pages)]
    bodies = [_content(text, size, (drawings or {}).get(n, "")) for n, text in enumerate(texts)]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(bodies)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(bodies)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for n, body in enumerate(bodies):
        page = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Contents {5 + 2 * n} 0 R"
        )
        objects.append(f"{page}/Resources<</Font<</F 3 0 R>>>>>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(body), body))
    return _numbered(objects)


def clip(seconds=2, width=320, height=180, codec="libx264", *, rate=10, **more):
    """Return a film: a bar that walks over a colour. MP4, or WebM for libvpx.

    `black_until` is the seconds before anything is seen, `sound` an audio codec of a silent
    track, `format` and `pixels` other ones than usual; the rest are options of the encoder.
    """
    file, black_until, sound = io.BytesIO(), more.pop("black_until", 0), more.pop("sound", None)
    kind = more.pop("format", "webm" if codec.startswith("libvpx") else "mp4")
    pixels = more.pop("pixels", "yuv420p")
    with av.open(file, "w", format=kind) as film:
        stream = film.add_stream(codec, rate=rate, options=more)
        stream.width, stream.height = width, height
        stream.pix_fmt = pixels
        track = film.add_stream(sound, rate=48_000) if sound else None
        for n in range(int(seconds * rate)):
            frame = _frame(width, height, n, is_black=n < black_until * rate)
            film.mux(stream.encode(frame.reformat(format=stream.pix_fmt)))
        film.mux(stream.encode())
        if track:
            film.mux([*track.encode(_silence(track)), *track.encode()])
    return file.getvalue()


def site(**files):
    """Return a zip of `files`, by name: `site(**{"index.html": "…"})`. Without any, a small site."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (files or small_site()).items():
            archive.writestr(name, content)
    return file.getvalue()


def small_site():
    """Return the files of a site of two pages with a style, a module, a picture and data."""
    return {
        "index.html": PAGE.format(title="Tide tables"),
        "about.html": PAGE.format(title="About us"),
        "css/site.css": "body { font: 1rem/1.5 sans-serif }",
        "js/site.js": "const got = await fetch('data/tides.json'); document.title += ' (loaded)'",
        "data/tides.json": '{"high": "06:12"}',
        "img/hero.png": image(240, 120),
    }


def _content(text, size, drawing):
    """Return a page's stream: its lines in Helvetica from the top left, then the drawing."""
    escaped = (line.translate({40: "\\(", 41: "\\)", 92: "\\\\"}) for line in text.split("\n"))
    lines = " ".join(f"({line}) Tj T*" for line in escaped)
    return f"BT /F 14 Tf 18 TL 50 {size[1] - 70} Td {lines} ET {drawing}".encode("cp1252")


def _numbered(objects):
    """Return the objects as a PDF file, with the table that says where each one begins."""
    file, begins = io.BytesIO(), []
    file.write(b"%PDF-1.7\n")
    for number, one in enumerate(objects, 1):
        begins.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    table = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.writelines(b"%010d 00000 n \n" % begin for begin in begins)
    file.write(b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1))
    file.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return file.getvalue()


def _frame(width, height, number, *, is_black):
    """Return one frame of the film: black, or the colour with its bar."""
    picture = pyvips.Image.black(width, height, bands=4) + ([0, 0, 0, 255] if is_black else SEA)
    if not is_black:
        left = (number * 8) % max(1, width - 20)
        picture = picture.draw_rect(SAND, left, height // 4, 20, height // 2, fill=True)
    content = bytes(picture.cast("uchar").write_to_memory())
    return av.VideoFrame.from_bytes(content, width, height, format="rgba")


def _silence(track):
    frame = av.AudioFrame(
        format=track.format.name, layout="stereo", samples=track.frame_size or 1024
    )
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate, frame.pts = 48_000, 0
    return frame
