"""What a question carries: each kind of partner gets to know what it needs to answer, and nothing more."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext as _

from tresen.channels.contract import Role
from tresen.orders.models import Order
from tresen.partners.chasing import usual_day
from tresen.partners.models import Counting, Partner, PartnerKind
from tresen.staffing.queries import coverage_of
from tresen.tickets.models import Direction, Message, MessageKind, Ticket

LONGEST_EXCERPT = 4_000


class Part(StrEnum):
    """What can go along with the agent's words."""

    ORDER = "order"
    LINES = "lines"
    TRACKING = "tracking"
    SHIP_TO = "ship_to"
    BUYER = "buyer"
    """The buyer's newest message: nobody gets it unless the agent says so."""


NEEDED: Mapping[PartnerKind, frozenset[Part]] = {
    PartnerKind.WAREHOUSE: frozenset({Part.ORDER, Part.LINES, Part.TRACKING}),
    PartnerKind.CARRIER: frozenset({Part.TRACKING, Part.SHIP_TO}),
    PartnerKind.SUPPLIER: frozenset({Part.LINES}),
    PartnerKind.OTHER: frozenset({Part.ORDER}),
}


def parts_of(ticket: Ticket, order: Order | None, number: str, *, language: str) -> dict[Part, str]:
    """What there is to go along, in the partner's language; what is not known is left out."""
    with translation.override(language):
        found = {
            Part.ORDER: _("Order: %(number)s") % {"number": number} if number else "",
            Part.LINES: _lines(order) if order else "",
            Part.TRACKING: _tracking(order) if order else "",
            Part.SHIP_TO: f"{_('Ships to:')}\n{order.ship_to.strip()}" if order and order.ship_to.strip() else "",
            Part.BUYER: _buyers_words(ticket),
        }
    return {part: words for part, words in found.items() if words}


def with_parts(text: str, parts: Mapping[Part, str], chosen: Collection[str]) -> str:
    """The agent's words, and below them what is chosen to go along."""
    along = [words for part, words in parts.items() if part in chosen]
    return "\n\n".join([text.rstrip(), *along])


def subject_for(partner: Partner, order: Order | None, number: str, ticket: Ticket) -> str:
    """What the mail is about, in the words that this kind of partner looks things up by."""
    with translation.override(partner.language):
        match PartnerKind(partner.kind):
            case PartnerKind.CARRIER if order and (tracking := _numbers(order)):
                return _("Parcel %(number)s") % {"number": tracking[0]}
            case PartnerKind.SUPPLIER if order and (line := order.lines.order_by("position").first()):
                return _("Article %(name)s") % {"name": line.sku or line.title[:80]}
            case PartnerKind.WAREHOUSE | PartnerKind.OTHER if number:
                return _("Order %(number)s") % {"number": number}
            case _:
                return _("Question %(number)s") % {"number": ticket.pk}


def words_for(partner: Partner, *, sender: str) -> str:
    """A beginning for the agent, in the partner's language."""
    with translation.override(partner.language):
        return "\n\n".join([_("Hello,"), _ASKS[PartnerKind(partner.kind)](), f"{_('Kind regards')}\n{sender}"])


def reminder_for(partner: Partner, *, sender: str) -> str:
    """What one click asks again by."""
    with translation.override(partner.language):
        words = _("we have not heard from you yet. Could you please answer our question?")
        return "\n\n".join([_("Hello,"), words, f"{_('Kind regards')}\n{sender}"])


def usual_chase_day(partner: Partner, ticket: Ticket, *, at: datetime) -> date:
    """The day by which this partner usually has answered, by the calendar of the ticket's team."""
    hours = coverage_of([ticket.team_id])[ticket.team_id]
    return usual_day(partner.days, Counting(partner.counting), hours, at=at)


_ASKS = {
    PartnerKind.WAREHOUSE: lambda: _("please check this order: has it been packed and handed over, and when?"),
    PartnerKind.CARRIER: lambda: _("please find out where this parcel is, and when it will be delivered."),
    PartnerKind.SUPPLIER: lambda: _("please tell us when you can deliver this article."),
    PartnerKind.OTHER: lambda: _("we have a question:"),
}


def _lines(order: Order) -> str:
    lines = [
        " ".join(filter(None, (f"{line.quantity} ×", line.sku, line.title)))
        for line in order.lines.order_by("position")
    ]
    return "\n".join([_("Articles:"), *lines]) if lines else ""


def _tracking(order: Order) -> str:
    parcels = [
        " ".join(filter(None, (parcel.carrier, parcel.tracking)))
        for parcel in order.fulfilments.order_by("shipped_at", "pk")
        if parcel.tracking
    ]
    return "\n".join([_("Parcel:"), *parcels]) if parcels else ""


def _numbers(order: Order) -> list[str]:
    parcels = order.fulfilments.exclude(tracking="").order_by("shipped_at", "pk")
    return list(parcels.values_list("tracking", flat=True))


def _buyers_words(ticket: Ticket) -> str:
    theirs = Message.objects.filter(
        ticket=ticket, direction=Direction.IN, kind=MessageKind.MESSAGE, conversation__role=Role.BUYER
    )
    text = theirs.order_by("-occurred_at", "-pk").values_list("text", flat=True).first() or ""
    quoted = "\n".join(f"> {line}" for line in text[:LONGEST_EXCERPT].splitlines())
    return f"{_('The customer writes:')}\n{quoted}" if quoted else ""
