"""What the verbs of a ticket offer: times to snooze to, reasons, and where the platform wants its mark."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tresen.channels.cases import CaseKind
from tresen.duties.models import RequestKind
from tresen.sla.duty_sentences import duty_names
from tresen.tickets.models import Message
from tresen.workspace import naming
from tresen.workspace.dates import day_and_time
from tresen.workspace.ticket.clock_cards import ClockCards

MORNING = time(9)
AFTERNOON = time(14)
MARK = "no_response_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A time to come back at: what it is called, and when exactly."""

    name: str
    when: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Messages to be marked on the platform; `address` leads there."""

    messages: Sequence[int]
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """All of it. `mark` is None where nothing has to be marked."""

    presets: Sequence[Preset]
    waive_reasons: Mapping[str, str | Promise]
    resolutions: Mapping[str, str | Promise]
    waiting_on: Mapping[str, str | Promise]
    skips: Mapping[str, str | Promise]
    case_kinds: Mapping[str, str]
    request_kinds: Mapping[str, str]
    mark: Mark | None


def offers(messages: Sequence[Message], clocks: ClockCards, *, at: datetime) -> Offers:
    """What can be chosen now."""
    return Offers(
        presets=presets(at),
        waive_reasons=naming.WAIVE_REASONS,
        resolutions={key: name for key, name in naming.RESOLUTIONS.items() if key != "nothing_owed"},
        waiting_on=naming.WAITING_ON,
        skips=naming.SKIPS,
        case_kinds=named(CaseKind),
        request_kinds=named(RequestKind),
        mark=_mark(messages, clocks.unmarked),
    )


def named(kinds: Iterable[str]) -> dict[str, str]:
    """What people call these kinds of duties, as a choice shows them."""
    names = duty_names()
    return {str(kind): names[kind][:1].upper() + names[kind][1:] for kind in kinds}


def presets(at: datetime) -> list[Preset]:
    """Times people mean, in the agent's zone: in an hour, this afternoon, tomorrow, on Monday."""
    here = at.astimezone(timezone.get_current_timezone())
    today = here.date()
    monday = today + timedelta(days=7 - today.weekday())
    in_one_hour, afternoon = here + timedelta(hours=1), _at(here, today, AFTERNOON)
    moments = [
        (_("In one hour"), in_one_hour),
        *([(_("This afternoon"), afternoon)] if afternoon > in_one_hour else []),
        (_("Tomorrow morning"), tomorrow_morning(at)),
        (_("In three days"), _at(here, today + timedelta(days=3), MORNING)),
        (_("Next Monday"), _at(here, monday, MORNING)),
    ]
    found = {until: name for name, until in reversed(moments) if until > here}
    return [Preset(name=found[until], when=day_and_time(until, at), until=until) for until in sorted(found)]


def tomorrow_morning(at: datetime) -> datetime:
    """When the agent is back."""
    here = at.astimezone(timezone.get_current_timezone())
    return _at(here, here.date() + timedelta(days=1), MORNING)


def _at(here: datetime, day: date, when: time) -> datetime:
    return datetime.combine(day, when, tzinfo=here.tzinfo)


def _mark(messages: Sequence[Message], unmarked: Sequence[int]) -> Mark | None:
    if not unmarked:
        return None
    links = [link for message in messages if message.pk in set(unmarked) for link in message.links]
    address = next((str(link["url"]) for link in links if link.get("kind") == MARK), "")
    return Mark(messages=unmarked, address=address if address.startswith("https://") else "")
