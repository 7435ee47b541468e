"""What stands in internal columns: words, numbers, days and minutes that stand nowhere else.

Every text has the word `quagga`. A number is looked for however it is written: in any locale, in
minor units or whole, in minutes or in hours. Days are in one year, or the 29th of July; acts among
the studio happen at minute 47.
"""

import datetime as dt
import re

WORD = "quagga"  # A canary that no time zone is named after.
HELD_WORD = "heron"  # What the client's side keeps to itself.
DAY = dt.date(2087, 7, 29)
EARLIER = dt.date(2019, 7, 29)
MINUTE = 47

NUMBERS = {
    "change_version.used_minor": 4_241_787,
    "change_version.forecast_minor": 99_733_421,
    "cost_rate.hour_minor": 7_919_371,
    "estimate_line.fixed_minor": 5_843_219,
    "estimate_line.high_minutes": 93_047,
    "estimate_line.least_thousandths": 3_371_234,
    "estimate_line.likely_minutes": 81_629,
    "estimate_line.low_minutes": 74_017,
    "estimate_line.most_thousandths": 3_971_234,
    "estimate_line.quantity_thousandths": 3_571_234,
    "estimate_line.rate_minor": 412_739,
    "estimate_version.contingency_bp": 1_373,
    "estimate_version.discount_bp": 2_339,
    "impact.price_minor": 4_129_733,
    "impact.quantity_thousandths": 2_713_119,
    "impact.rate_minor": 318_457,
    "promise.first_response_minutes": 21_047,
    "promise.resolution_minutes": 33_047,
    "prototype.further_minutes": 53_939,
    "rate.hour_minor": 6_102_737,
}

_BETWEEN = re.compile(r"(?<=\d)[.,'’](?=\d)")
_BLANK = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d)")
_DIGITS = re.compile(r"(?<![0-9A-Za-z_])\d{4,}(?![0-9A-Zabcdefg_])")
_DATE = re.compile(
    r"\b2087\b|\b29(?:th|\.)? (?:of )?jul|\bjul[a-z]*\.? 29\b|\b29[./]0?7\b|\b0?7[./-]29\b",
    re.IGNORECASE,
)
_MINUTE = re.compile(rf"\b\d\d[:.]{MINUTE}(?:\b|Z)")
NAMED = re.compile(rf"{WORD}-([a-z_-]+)-[0-9a-f]{{6}}", re.IGNORECASE)
_TOKEN = re.compile(r"[\w$+/=.:,-]{24,}")


def forms(column, number):
    """Return the digits that any way of writing a number has, without what stands between them."""
    if column.endswith("_minutes"):
        hours = (number // 60, round(number / 60), round(number / 6), round(number / 0.6))
        return {str(one) for one in (number, *hours)}
    parts = {"minor": 100, "thousandths": 1000, "bp": 100}
    whole = number / parts[column.rpartition("_")[2]]
    found = {str(number)} | {str(one) for one in (int(whole), round(whole), round(10 * whole))}
    return {one for one in found if len(one) > 3}


FORMS = {form: column for column, number in NUMBERS.items() for form in forms(column, number)}


def found(text):
    """Return what of the studio's own a text holds, each with what stands around it."""
    leaks = [_around(text, hit) for hit in re.finditer(WORD, text, re.IGNORECASE)]
    leaks += [_around(text, hit) for pattern in (_DATE, _MINUTE) for hit in pattern.finditer(text)]
    joined = _BETWEEN.sub("", text)
    for digits in (joined, _BLANK.sub("", joined)):
        for hit in _DIGITS.finditer(digits):
            if hit[0] in FORMS:
                leaks.append(f"{FORMS[hit[0]]}: {_around(digits, hit)}")
    return leaks


def tokens(text):
    """Return the long words of a text: what a secret would stand as."""
    return set(_TOKEN.findall(text))


def _around(text, hit):
    return " ".join(text[max(0, hit.start() - 60) : hit.end() + 40].split())
