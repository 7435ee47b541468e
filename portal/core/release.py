"""Which release this is: in tags of pages, in backups, on receipts."""

RELEASE = "0.1.0"
