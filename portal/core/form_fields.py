"""Fields for what people type as numbers and days. What cannot be read stays as it was typed.

A form that has one says in its `Meta`, or as `meta=`, whose `locale` and `currency` are meant.
"""

from wtforms import DateField, StringField

from portal.core import money

WHOLE_BP = 100_00  # A hundred per cent.


class NumberField(StringField):  # type: ignore[misc]  # WTForms has no types.
    """A scaled integer, written as people write numbers."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            text = valuelist[0].strip()
            self.data = None
            self.data = self.parse(text) if text else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)


class QuantityField(NumberField):
    """Thousandths."""

    def parse(self, text: str) -> int:
        return money.parse_thousandths(text, self.meta.locale)

    def write(self, thousandths: int) -> str:
        return money.show_thousandths(thousandths, self.meta.locale)


class MoneyField(NumberField):
    """Minor units of the form's currency."""

    def parse(self, text: str) -> int:
        return money.parse(text, self.meta.currency, self.meta.locale)

    def write(self, minor: int) -> str:
        return money.typed(minor, self.meta.currency, self.meta.locale)


class ShareField(NumberField):
    """Basis points, 0 to 100 per cent; nothing means none."""

    def parse(self, text: str) -> int:
        bp = money.parse_bp(text, self.meta.locale)
        if not 0 <= bp <= WHOLE_BP:
            raise ValueError("A percentage is between 0 and 100.")
        return bp

    def write(self, bp: int) -> str:
        return money.show_bp(bp, self.meta.locale).removesuffix(" %")


class DayField(DateField):  # type: ignore[misc]
    """A date, or nothing; what is neither is said in words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([text for text in valuelist if text.strip()])
        except ValueError:
            raise ValueError("Write a day, such as 2026-03-31.") from None
        if valuelist and not valuelist[0].strip():
            self.data = None
