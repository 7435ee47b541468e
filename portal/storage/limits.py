"""What we accept: one table, read by the code and by the tests."""

from dataclasses import dataclass

from portal.core.errors import DomainError

MB = 1_000_000
MAX_PIXELS = 40_000_000  # 160 MB once decoded; a 60 MP camera's JPEG must be made smaller first.
MAX_FRAMES = 300  # A moving GIF of half a minute; decoding costs pixels times frames.
MAX_NAME_CHARS = 120  # Fits every file system in UTF-8 (255 bytes) for all but rare scripts.

RASTER = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "image/heic")
SVG = "image/svg+xml"  # Holds scripts: shown as the raster we make of it, never as it came.
PDF = "application/pdf"
ZIP = "application/zip"
VIDEO = ("video/mp4", "video/webm")
ANYTHING = "application/octet-stream"  # What sniffing says of the rest; only ever downloaded.

WORDS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WebP",
    "image/gif": "GIF",
    "image/avif": "AVIF",
    "image/heic": "HEIC",
    SVG: "SVG",
    PDF: "PDF",
    ZIP: "zip",
    "video/mp4": "MP4",
    "video/webm": "WebM",
}

EXTENSIONS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/avif": ".avif",
    "image/heic": ".heic",
    SVG: ".svg",
    PDF: ".pdf",
    ZIP: ".zip",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
}


class NotAccepted(DomainError):
    """Another kind of file than this place takes."""

    status = 415


class Unusable(DomainError):
    """The right kind, but with something wrong inside."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How large a file of one purpose may be, what it may be, and why."""

    max_bytes: int
    accepted: tuple[str, ...] | None  # None: anything, looked into later, in the workshop.
    reason: str

    def check(self, media_type: str) -> None:
        """Raise NotAccepted, with what would be accepted, for any other media type."""
        if self.accepted is not None and media_type not in self.accepted:
            *most, last = (WORDS[one] for one in self.accepted if one in WORDS)
            words = f"{', '.join(most)} or {last}" if most else last
            raise NotAccepted(f"This file is not a {words}. Choose one that is.")


LIMITS = {
    "answer": Limit(20 * MB, (*RASTER, PDF), "A purchase order: scanned, or taken by a phone."),
    "attachment": Limit(
        50 * MB,
        (*RASTER, PDF, *VIDEO, ANYTHING),
        "Any file beside a message; mail servers stop at half of it.",
    ),
    "document": Limit(200 * MB, (PDF,), "A printed campaign at full resolution."),
    "image": Limit(50 * MB, RASTER, "A screen design or a scan; 40 MP of PNG fit."),
    "logo": Limit(2 * MB, ("image/png", "image/jpeg", "image/webp"), "It travels in every mail."),
    "prototype": Limit(5_000 * MB, None, "A film in full quality, or a whole website, in parts."),
    "video": Limit(
        500 * MB, VIDEO, "A minute of 4K; one request, so a lost connection costs at most this."
    ),
}
