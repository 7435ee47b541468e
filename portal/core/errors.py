"""Refusals in the reader's words. Each knows the HTTP status it becomes."""


class DomainError(Exception):
    """A rule says no. The message is a sentence for the person who asked."""

    status = 422

    def __init__(self, message: str, **context: object) -> None:
        super().__init__(message)
        self.message = message
        self.context = context  # What a page that explains the refusal needs.


class Conflict(DomainError):
    """Someone was first, or what was shown has changed since."""

    status = 409


class Forbidden(DomainError):
    """This person may see it but not do it."""

    status = 403


class TooMany(DomainError):
    """Too often in too short a time."""

    status = 429

    def __init__(self, message: str, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
