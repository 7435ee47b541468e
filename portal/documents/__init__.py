"""What was sent and what was signed as PDFs: set from sealed snapshots, sealed with the studio's key."""
