"""Sums of money, spans and days as platforms write them into their mails."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_SYMBOLS = {"€": "EUR", "£": "GBP", "zł": "PLN", "R$": "BRL", "₹": "INR", "¥": "JPY", "￥": "JPY"}
_CODES = "EUR|USD|GBP|PLN|SEK|CAD|AUD|MXN|BRL|JPY|TRY|INR|SGD|AED|SAR|EGP|ZAR"
_SUM = r"(?<![\d.,])\d{1,9}(?:[.,'\u2019\u00a0\u202f ]\d{3}){0,3}(?:[.,]\d{1,2})?(?![\d])"
_SYMBOL = r"(?:US|R|C|A)?\$|€|£|zł|kr|₹|¥|￥"
_MONEY = re.compile(
    rf"(?P<before>\b(?:{_CODES})\b|{_SYMBOL})\s{{0,2}}(?P<first>{_SUM})"
    rf"|(?P<second>{_SUM})\s{{0,2}}(?P<after>\b(?:{_CODES})\b|{_SYMBOL})"
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: `amount` with a point and at least two decimals as text, `currency` in ISO 4217 (empty: not known)."""

    amount: str
    currency: str


def money_in(text: str, *, local: str = "") -> Money | None:
    """The first sum of money in `text`. `local` is the currency a bare "$" or "kr" means there."""
    found = _MONEY.search(text)
    if not found:
        return None
    unit = found["before"] or found["after"]
    currency = unit if unit.isupper() and len(unit) == 3 else _SYMBOLS.get(unit, local)  # noqa: PLR2004 -- ISO 4217
    return Money(amount=plain_amount(found["first"] or found["second"]), currency=currency)


def plain_amount(written: str) -> str:
    """`1.234,5` or `1,234.50` as "1234.50": the last separator with one or two digits behind it is the decimal one."""
    whole, fraction = written, ""
    for sign in ".,":
        head, found, tail = written.rpartition(sign)
        if found and len(tail) < 3:  # noqa: PLR2004 -- three digits behind a sign are thousands
            whole, fraction = head, tail
    digits = "".join(character for character in whole if character.isdigit())
    return f"{Decimal(f'{digits or 0}.{fraction or 0}'):.2f}"


_ENGLISH_MONTHS: Mapping[str, int] = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_DAY_IN_WORDS = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2}), (\d{4})\b")
_DAY_IN_FIGURES = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_LAST_DAY = re.compile(
    r"\b(?:[Bb]y|[Uu]ntil|[Bb]is(?: zum)?) "
    r"(?P<day>[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{4}-\d{2}-\d{2}|(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}))(?!\w)"
)
_DAY_WITH_SLASHES = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


def day_in(text: str, *, day_first: bool = False) -> date | None:
    """The first day written as 2026-11-20, November 20, 2026, 11/20/2026 or (`day_first`) 20/11/2026."""
    found: list[tuple[int, date | None]] = []
    if match := _DAY_IN_FIGURES.search(text):
        found.append((match.start(), _day(match[1], match[2], match[3])))
    if match := _DAY_IN_WORDS.search(text):
        found.append((match.start(), _day(match[3], str(_ENGLISH_MONTHS.get(match[1][:3].lower(), 0)), match[2])))
    if match := _DAY_WITH_SLASHES.search(text):
        day, month = (match[1], match[2]) if day_first else (match[2], match[1])
        found.append((match.start(), _day(match[3], month, day)))
    return next((day for _, day in sorted(found, key=lambda pair: pair[0]) if day), None)


def last_days_in(text: str) -> Mapping[date, str]:
    """Each day that `text` names as a last one, with its words; only where no other day can be meant."""
    found = {
        _day(match["y"], match["m"], match["d"]) if match["d"] else day_in(match["day"]): match[0]
        for match in _LAST_DAY.finditer(text)
    }
    return {day: words for day, words in found.items() if day}


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
