"""What an answer says, as text, whatever kind of file it is; and its bytes without what is random."""

import io
import re
import zipfile

import pypdfium2 as pdfium

#: Made anew for each page that has a form.
MASKS = (
    (re.compile(rb'(name="csrf[-_]token" (?:value|content)=")[^"]*'), rb"\1"),
    (re.compile(rb'(name="key" value=")[^"]*'), rb"\1"),
)
UNSAID = ("Content-Length", "Date")  # Headers that are the server's own.
TEXT = ("text/", "application/json", "application/x-pem-file", "message/")
ZIPS = ("application/zip", "spreadsheetml")
_PRINTABLE = re.compile(r"[A-Za-z-]{5,}")


def texts(answer):
    """Yield what an answer says: its headers, and its body as people would read it."""
    yield "\n".join(f"{name}: {value}" for name, value in answer.headers if name not in UNSAID)
    yield from said(answer.data, answer.mimetype or "")


def said(data, kind):
    """Yield the texts of a file of that media type; of a picture, the words among its bytes."""
    if kind.startswith(TEXT):
        yield data.decode(errors="replace")
    elif kind == "application/pdf":
        yield from _printed(data)
    elif any(one in kind for one in ZIPS):
        yield from packed(io.BytesIO(data))
    else:
        yield " ".join(_PRINTABLE.findall(data.decode("latin-1")))


def packed(file):
    """Yield the names and the texts of what is in a zip."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            yield name
            yield archive.read(name).decode(errors="replace")


def posted(mail):
    """Yield what a letter says: its headers, and each of its parts."""
    yield "\n".join(f"{name}: {value}" for name, value in mail.items() if name not in UNSAID)
    for part in mail.walk():
        if not part.is_multipart():
            yield part.get_filename() or ""
            yield from said(part.get_payload(decode=True), part.get_content_type())


def bare(data):
    """Return the bytes without what is random in them."""
    for mask, kept in MASKS:
        data = mask.sub(kept, data)
    return data


def _printed(data):
    document = pdfium.PdfDocument(data)
    try:
        yield str(document.get_metadata_dict())
        for page in document:
            yield page.get_textpage().get_text_range()
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            yield attached.get_name()
            yield bytes(attached.get_data()).decode(errors="replace")
    finally:
        document.close()
