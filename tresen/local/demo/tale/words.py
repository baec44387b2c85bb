"""Texts put together from the lists in texts/*.yaml, so that no two are the same."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency

from tresen.local.demo.tale import products
from tresen.local.demo.tale.data import texts
from tresen.local.demo.tale.orders import PlannedOrder
from tresen.local.demo.tale.people import Buyer
from tresen.local.demo.tale.products import Product

FRIDAY = 4
SLOPPY = 0.07
"""How many write without greeting, name and capitals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a text is about, and when it is written."""

    buyer: Buyer
    product: Product
    order: PlannedOrder | None
    at: datetime
    country: str = "de"
    agent: str = ""

    @property
    def language(self) -> str:
        """The buyer's language."""
        return self.buyer.language


@dataclass(frozen=True, slots=True)
class Written:
    """A text with its subject."""

    subject: str
    text: str


def question(dice: Random, intent: str, about: About, *, threats: Sequence[str] = ()) -> Written:
    """A buyer's first message; `threats` are sentences of these kinds that it ends with."""
    words = texts(about.language)
    entry = words["intents"][intent]
    filled = _Filled(dice, about)
    lines = [_chosen(dice, slot, about) for slot in entry["says"]]
    lines += [dice.choice(words["threats"][threat]) for threat in threats]
    subject = filled(dice.choice(entry["subjects"]))
    return Written(_first_upper(subject), _letter(dice, [filled(line) for line in lines if line], about))


def follow_up(dice: Random, kind: str, about: About, *, threats: Sequence[str] = ()) -> str:
    """A buyer's later message."""
    words = texts(about.language)
    filled = _Filled(dice, about)
    lines = [dice.choice(words["follow_ups"][kind]), *(dice.choice(words["threats"][threat]) for threat in threats)]
    return _letter(dice, [filled(line) for line in lines], about, later=True)


def answer(dice: Random, intent: str, about: About, *, later: bool = False) -> str:
    """What an agent answers; `later`: to a later message of the same matter."""
    words = texts(about.language)
    slots = words["follow_up_answers"] if later else words["intents"][intent]["answers"]
    filled = _Filled(dice, about)
    greeting = filled(dice.choice(words["answer_greetings"]))
    body = " ".join(filled(_chosen(dice, slot, about)) for slot in slots)
    closing = filled(dice.choice(words["answer_closings"]))
    return f"{greeting}\n\n{_first_upper(body) if about.language == 'en' else body}\n\n{closing}"


def automatic(dice: Random, about: About, *, subject: str) -> Written:
    """A machine's answer while the buyer is away."""
    words = texts(about.language)
    text = _Filled(dice, about)(dice.choice(words["automatic"]))
    return Written(dice.choice(words["automatic_subjects"]).format(subject=subject), text)


def note(dice: Random, about: About, *, language: str) -> str:
    """What an agent writes for colleagues."""
    return _Filled(dice, about, language=language)(dice.choice(texts(language)["notes"]))


def _chosen(dice: Random, slot: Sequence[str], about: About) -> str:
    fitting = [line for line in slot if products.fits(about.product, line, about.language)]
    return dice.choice(fitting or slot)


class _Filled:
    """Fills a line's placeholders; one text says the same thing in all its lines."""

    def __init__(self, dice: Random, about: About, *, language: str = "") -> None:
        self._values = _values(dice, about, language or about.language)

    def __call__(self, line: str) -> str:
        return string.Formatter().vformat(line, (), self._values)


def _values(dice: Random, about: About, language: str) -> Mapping[str, Any]:
    order = about.order
    ordered = order.ordered_at if order else about.at - timedelta(days=dice.randint(3, 9))
    carrier = order.carrier if order else products.carrier(dice, about.country)
    total = order.total if order else about.product.price
    return {
        "p": about.product.title(language),
        "order": order.number if order else "",
        "date": _day(ordered, language),
        "days": max(2, (about.at - ordered).days),
        "weekday": _weekday(about.at + timedelta(days=dice.randint(2, 5)), language),
        "carrier": carrier,
        "tracking": order.tracking if order else products.tracking_number(dice, carrier),
        "amount": format_currency(total / 100, "EUR", locale=language),
        "city": about.buyer.city,
        "socket": about.product.socket if about.product.socket != "LED" else dice.choice(["E27", "E14", "GU10"]),
        "colour": products.colour(dice, language),
        "part": products.part(dice, language),
        "few": dice.randint(6, 40),
        "cm": dice.randrange(45, 240, 5),
        "name": about.buyer.name,
        "agent": about.agent,
    }


def _letter(dice: Random, lines: Sequence[str], about: About, *, later: bool = False) -> str:
    body = dice.choice([" ", " ", "\n"]).join(lines)
    if dice.random() < SLOPPY:
        return body.lower() if dice.random() < SLOPPY else _first_upper(body)
    words = texts(about.language)
    greeting = dice.choice(words["greetings"])
    if later:
        # These lines begin with a capital: a comma would ask for a small letter.
        greeting = dice.choice(["", greeting.replace(",", "!")])
    closing = dice.choice(words["closings"]).format(city=about.buyer.city)
    name = dice.choice([about.buyer.name, about.buyer.first, about.buyer.name])
    start = body if greeting and about.language != "en" else _first_upper(body)
    parts = [greeting, start, f"{closing}\n{name}" if closing else name]
    return dice.choice(["\n\n", "\n\n", "\n"]).join(part for part in parts if part)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(at: datetime, language: str) -> str:
    pattern = "d. MMMM" if language == "de" else "d MMMM"
    return str(format_date(at.date(), pattern, locale="en_GB" if language == "en" else language))


def _weekday(at: datetime, language: str) -> str:
    day = at.date()
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return str(format_date(day, "EEEE", locale=language))
