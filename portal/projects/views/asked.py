"""What a long list is asked for: words that narrow it, and where its page begins."""

from flask import request

MOST_CHARACTERS = 120


def words():
    return request.args.get("q", "")[:MOST_CHARACTERS].replace("\0", "")


def after():
    """Return the number after which the page begins; 0 for the first."""
    number = request.args.get("after", "")
    return int(number) if number.isdecimal() and len(number) < 10 else 0
