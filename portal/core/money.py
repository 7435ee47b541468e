"""Minor units in, minor units out. No floats anywhere."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import NumberFormatError, format_decimal, get_currency_precision, parse_decimal

MINUS = "\u2212"  # A true minus, as wide as the plus.
LARGEST_MINOR = 10**14  # Keeps every sum of a project below 2^53.


def decimals(currency: str) -> int:
    """Return how many decimals a currency has: 0 for JPY, 2 for EUR, 3 for KWD."""
    return _decimals(currency)


@lru_cache
def _decimals(currency: str) -> int:
    return get_currency_precision(currency)


def parse(text: str, currency: str, locale: str = "en") -> int:
    """Return an amount that a person typed, in minor units of `currency`.

    Raises ValueError with a sentence for the person.

    >>> parse("1,200.50", "EUR"), parse("1.200,5", "EUR", "de"), parse("-3", "JPY")
    (120050, 120050, -3)
    """
    amount = _number(text, locale) * 10 ** decimals(currency)
    if amount != amount.to_integral_value():
        places = decimals(currency)
        raise ValueError(f"{currency} has {places or 'no'} decimals.")
    if abs(amount) > LARGEST_MINOR:
        raise ValueError("That amount is too large.")
    return int(amount)


def parse_thousandths(text: str, locale: str = "en") -> int:
    """Return a quantity that a person typed, in thousandths.

    >>> parse_thousandths("7.5")
    7500
    """
    return _scaled(text, locale, 1000, "Up to three decimals, please.")


def parse_bp(text: str, locale: str = "en") -> int:
    """Return a percentage that a person typed, in basis points.

    >>> parse_bp("21"), parse_bp("8.25 %")
    (2100, 825)
    """
    return _scaled(text.replace("%", ""), locale, 100, "Up to two decimals, please.")


def product(quantity_thousandths: int, rate_minor: int) -> int:
    """Return quantity × rate in minor units, rounded half-up once.

    >>> product(1500, 333)
    500
    """
    return half_up(quantity_thousandths * rate_minor, 1000)


def share(amount_minor: int, bp: int) -> int:
    """Return a percentage of an amount in minor units, rounded half-up once.

    >>> share(12_345, 2100)
    2592
    """
    return half_up(amount_minor * bp, 10_000)


def half_up(numerator: int, denominator: int) -> int:
    """Return numerator / denominator rounded half away from zero, without floats."""
    quotient, rest = divmod(abs(numerator), denominator)
    quotient += rest * 2 >= denominator
    return quotient if numerator >= 0 else -quotient


def show(minor: int, currency: str, locale: str = "en", *, brief: bool = False) -> str:
    """Return an amount as print sets it, without its currency.

    `brief` leaves out decimals that are all zero.

    >>> show(1240000, "EUR"), show(1240000, "EUR", brief=True), show(-95050, "EUR", brief=True)
    ('12,400.00', '12,400', '−950.50')
    """
    places = decimals(currency)
    whole = minor % 10**places == 0
    pattern = "#,##0" + ("" if not places or (brief and whole) else "." + "0" * places)
    return _set(abs(minor), places, pattern, locale, minor < 0)


@lru_cache(maxsize=4096)
def _set(minor: int, places: int, pattern: str, locale: str, negative: bool) -> str:
    figure = format_decimal(Decimal(minor).scaleb(-places), pattern, locale=locale)
    return f"{MINUS}{figure}" if negative else figure


def show_signed(minor: int, currency: str, locale: str = "en", *, brief: bool = True) -> str:
    """Return a change of an amount with its sign: +500, −950, ±0 as 0."""
    sign = "+" if minor > 0 else ""
    return sign + show(minor, currency, locale, brief=brief)


def show_thousandths(quantity: int, locale: str = "en") -> str:
    """Return a quantity without needless zeros.

    >>> show_thousandths(7500)
    '7.5'
    """
    return format_decimal(Decimal(quantity).scaleb(-3).normalize(), "#,##0.###", locale=locale)


def show_bp(bp: int, locale: str = "en") -> str:
    """Return a percentage without needless zeros.

    >>> show_bp(2100), show_bp(825)
    ('21 %', '8.25 %')
    """
    return format_decimal(Decimal(bp).scaleb(-2).normalize(), "0.##", locale=locale) + " %"


def typed(minor: int, currency: str, locale: str = "en") -> str:
    """Return an amount as a person would type it back into a field: no grouping.

    >>> typed(120050, "EUR")
    '1200.50'
    """
    places = decimals(currency)
    whole = minor % 10**places == 0
    pattern = "0" + ("" if whole or not places else "." + "0" * places)
    return format_decimal(Decimal(minor).scaleb(-places), pattern, locale=locale)


def _number(text: str, locale: str) -> Decimal:
    text = re.sub(r"[\s\u00a0\u202f']", "", text).replace(MINUS, "-").removeprefix("+")
    try:
        number = parse_decimal(text, locale=locale, strict=True)
    except NumberFormatError:
        example = format_decimal(Decimal("1200.5"), "#,##0.00", locale=locale)
        raise ValueError(f"Write a number, such as {example}.") from None
    if not number.is_finite() or abs(number) > LARGEST_MINOR:
        raise ValueError("That number is too large.")
    return number


def _scaled(text: str, locale: str, scale: int, too_fine: str) -> int:
    number = _number(text, locale) * scale
    if number != number.to_integral_value():
        raise ValueError(too_fine)
    if abs(number) > 10**10:
        raise ValueError("That number is too large.")
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
