"""Bytes: what people upload, kept by its hash, judged by its content, served from another host."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from portal.storage.base import Storage
from portal.storage.local import LocalStorage

_store: Storage | None = None


def configure(settings):
    """Open the store of these settings, once, at start."""
    global _store
    url = urlsplit(settings.storage_url)
    if url.scheme == "s3":
        from portal.storage.s3 import S3Storage  # noqa: PLC0415 - 20 MB that a folder never needs.

        _store = S3Storage(settings.storage_url, Path(settings.data) / "files")
    else:
        _store = LocalStorage(unquote(url.path))
    return _store


def store() -> Storage:
    """Return the store that `configure` opened."""
    if _store is None:
        raise RuntimeError("storage.configure(settings) comes first")
    return _store
