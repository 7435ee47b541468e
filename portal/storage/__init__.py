"""Bytes: what people upload, kept by its hash, judged by its content, served from another host."""

from urllib.parse import unquote, urlsplit

from portal.storage.base import Storage
from portal.storage.local import LocalStorage

_store: Storage | None = None


def configure(settings):
    """Open the store of these settings, once, at start."""
    global _store
    _store = LocalStorage(unquote(urlsplit(settings.storage_url).path))
    return _store


def store() -> Storage:
    """Return the store that `configure` opened."""
    if _store is None:
        raise RuntimeError("storage.configure(settings) comes first")
    return _store
