"""When a policy applies: conditions on a ticket's facts, all of which must hold. None at all fits every ticket."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tresen.channels.order_news import FulfilledBy
from tresen.customers.models import Segment
from tresen.sla.wording import Entries, Params, Phrase, PolicyWrong, Problem

MOST_ID = 2**63 - 1
MOST_MONEY = 10**12
MOST_LINES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts:
    """What a policy may ask about a ticket, at the moment it is asked.

    `order_value` is in minor units of `currency`, with `lines` and `fulfilled_by` of the ticket's primary order; all
    are None or empty while no order is known. `segment` is empty while the customer is not known. `pre_sale` is None
    where neither an order nor the customer's words tell.
    """

    channel: str
    store: int
    brand: int
    marketplace: str = ""
    language: str = ""
    risk_tier: int = 2
    segment: str = ""
    order_value: int | None = None
    currency: str = ""
    lines: int | None = None
    fulfilled_by: str = ""
    pre_sale: bool | None = None
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Between:
    """A span of whole numbers, both ends included; None is open."""

    at_least: int | None = None
    at_most: int | None = None

    def holds(self, number: int | None) -> bool:
        """Whether `number` is known and lies in the span."""
        return (
            number is not None
            and (self.at_least is None or number >= self.at_least)
            and (self.at_most is None or number <= self.at_most)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What must hold. An empty set or None does not matter; of a set one must be true, of `tags` the ticket has one."""

    channels: frozenset[str] = frozenset()
    marketplaces: frozenset[str] = frozenset()
    stores: frozenset[int] = frozenset()
    brands: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    risk_tiers: frozenset[int] = frozenset()
    segments: frozenset[str] = frozenset()
    order_value: Between | None = None
    currency: str = ""
    lines: Between | None = None
    fulfilled_by: frozenset[str] = frozenset()
    pre_sale: bool | None = None
    tags: frozenset[str] = frozenset()


ALL = Conditions()

_SETS = (
    "channels",
    "marketplaces",
    "stores",
    "brands",
    "languages",
    "risk_tiers",
    "segments",
    "fulfilled_by",
    "tags",
)
_KNOWN = (*_SETS, "order_value", "lines", "pre_sale")
_OF_AN_ORDER = ("order_value", "lines", "fulfilled_by")


def fits(conditions: Conditions, facts: TicketFacts) -> bool:
    """Whether every condition holds."""
    c = conditions
    return (
        (not c.channels or facts.channel in c.channels)
        and (not c.risk_tiers or facts.risk_tier in c.risk_tiers)
        and (c.pre_sale is None or facts.pre_sale == c.pre_sale)
        and (not c.marketplaces or facts.marketplace in c.marketplaces)
        and (not c.stores or facts.store in c.stores)
        and (not c.brands or facts.brand in c.brands)
        and (not c.segments or facts.segment in c.segments)
        and (not c.fulfilled_by or facts.fulfilled_by in c.fulfilled_by)
        and (not c.languages or _speaks(c.languages, facts.language))
        and (c.order_value is None or (facts.currency == c.currency and c.order_value.holds(facts.order_value)))
        and (c.lines is None or c.lines.holds(facts.lines))
        and (not c.tags or not c.tags.isdisjoint(facts.tags))
    )


def parse_conditions(value: object, *, where: str = "conditions") -> Conditions:
    """The conditions that a JSON object states. Raises `PolicyWrong` with everything that is wrong in it."""
    problems: list[Problem] = []
    conditions = read_conditions(value, where=where, problems=problems)
    if problems:
        raise PolicyWrong(problems)
    return conditions


def read_conditions(value: object, *, where: str, problems: list[Problem]) -> Conditions:
    """The same, adding what is wrong to `problems`."""
    entries = Entries(value, where=where, known=_KNOWN, problems=problems)
    order_value, currency = _money(entries)
    conditions = Conditions(
        channels=entries.texts("channels"),
        marketplaces=entries.texts("marketplaces"),
        stores=entries.numbers("stores", least=1, most=MOST_ID),
        brands=entries.numbers("brands", least=1, most=MOST_ID),
        languages=entries.texts("languages"),
        risk_tiers=entries.numbers("risk_tiers", least=0, most=3),
        segments=entries.texts("segments", among=Segment.values),
        order_value=order_value,
        currency=currency,
        lines=_span(entries, "lines", most=MOST_LINES),
        fulfilled_by=entries.texts("fulfilled_by", among=[each.value for each in FulfilledBy]),
        pre_sale=_yes_or_no(entries, "pre_sale"),
        tags=entries.texts("tags"),
    )
    if conditions.pre_sale:
        _refuse_orders(entries)
    return conditions


def as_json(conditions: Conditions) -> dict[str, object]:
    """What `parse_conditions` reads, with sorted lists, so that equal conditions are stored alike."""
    stated: dict[str, object] = {name: sorted(getattr(conditions, name)) for name in _SETS if getattr(conditions, name)}
    if conditions.order_value is not None:
        stated["order_value"] = {**_ends(conditions.order_value), "currency": conditions.currency}
    if conditions.lines is not None:
        stated["lines"] = _ends(conditions.lines)
    if conditions.pre_sale is not None:
        stated["pre_sale"] = conditions.pre_sale
    return stated


def described(conditions: Conditions) -> tuple[Phrase, ...]:
    """What must hold, one phrase for each condition; a single "condition.all" where every ticket fits."""
    phrases = [
        Phrase(f"condition.{name}", {name: tuple(sorted(getattr(conditions, name)))})
        for name in _SETS
        if getattr(conditions, name)
    ]
    if conditions.order_value is not None:
        span = _both(conditions.order_value)
        phrases.append(Phrase("condition.order_value", {**span, "currency": conditions.currency}))
    if conditions.lines is not None:
        phrases.append(Phrase("condition.lines", _both(conditions.lines)))
    if conditions.pre_sale is not None:
        phrases.append(Phrase("condition.pre_sale" if conditions.pre_sale else "condition.post_sale", {}))
    return tuple(phrases) or (Phrase("condition.all", {}),)


def _speaks(languages: frozenset[str], language: str) -> bool:
    # "pt-BR" is Portuguese: a condition on "pt" means it too.
    return language in languages or language.partition("-")[0] in languages


def _money(entries: Entries) -> tuple[Between | None, str]:
    span = _span(entries, "order_value", most=MOST_MONEY, also=("currency",))
    value = entries.values.get("order_value")
    if not isinstance(value, Mapping):
        return span, ""
    currency = value.get("currency")
    if isinstance(currency, str) and len(currency) == len("EUR") and currency.isascii() and currency.isupper():
        return span, currency
    entries.wrong("order_value.currency", _("An order value needs its currency in three capital letters, such as EUR."))
    return span, ""


def _span(entries: Entries, key: str, *, most: int, also: tuple[str, ...] = ()) -> Between | None:
    if not entries.has(key):
        return None
    ends = Entries(
        entries.values[key],
        where=f"{entries.where}.{key}",
        known=("at_least", "at_most", *also),
        problems=entries.problems,
    )
    span = Between(ends.number("at_least", least=0, most=most), ends.number("at_most", least=0, most=most))
    if ends.is_object and not (ends.has("at_least") or ends.has("at_most")):
        entries.wrong(key, _("Say where it begins, where it ends, or both."))
    if span.at_least is not None and span.at_most is not None and span.at_least > span.at_most:
        entries.wrong(key, _("“From” is more than “Up to”, so no ticket can ever fit."))
    return span


def _yes_or_no(entries: Entries, key: str) -> bool | None:
    value = entries.values.get(key)
    if isinstance(value, bool):
        return value
    if entries.has(key):
        entries.wrong(key, _("This must be true or false. Leave it out if it does not matter."))
    return None


def _refuse_orders(entries: Entries) -> None:
    for key in _OF_AN_ORDER:
        if entries.has(key):
            entries.wrong(
                key, _("Before buying there is no order yet, so this could never fit together with “Before buying”.")
            )


def _ends(span: Between) -> dict[str, object]:
    return {key: value for key, value in _both(span).items() if value is not None}


def _both(span: Between) -> Params:
    return {"at_least": span.at_least, "at_most": span.at_most}
