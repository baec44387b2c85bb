"""Tickets, a page at a time, and the clocks of one with each step of its explanation."""

from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone, translation
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from tresen.api.entering import TokenRequest
from tresen.api.problems import Problem
from tresen.api.v1.times import day_words, moment_words, there, zone_named
from tresen.routing.queries import start_by_of
from tresen.routing.queue_rows import QueueRow
from tresen.routing.queues import first_page
from tresen.routing.views import Cursor, UnknownView, View
from tresen.sla.explaining import ExplainedClock, explained
from tresen.stores.channel_words import channel_title
from tresen.tickets.models import Ticket
from tresen.tickets.queries import TicketHidden, ticket_of_public_id

router = Router(tags=["tickets"])
REFUSED = {401: Problem, 422: Problem, 429: Problem}


class TicketOut(Schema):
    """A ticket as its row in the queue says it. Times are in UTC."""

    id: UUID
    number: int
    subject: str
    channel: str
    store: str
    status: str
    risk_tier: int
    risk_reason: str
    language: str
    act_by: datetime | None = Field(description="The last minute before the governing limit in which somebody works.")
    own_due: datetime | None
    platform_due: datetime | None
    assignee: str
    last_message_at: datetime


class TicketPage(Schema):
    """One page; `next` is given as `after` for the one behind it, null at the end."""

    tickets: list[TicketOut]
    next: str | None


class StepOut(Schema):
    """One step of an explanation: its kind, what it names, and the sentence that says it."""

    key: str
    parameters: dict[str, str | int] = Field(
        description="Times in the zone asked for (ISO 8601), dates, lengths in whole seconds, versions and names."
    )
    sentence: str


class ClockOut(Schema):
    """A clock, how it stands, and why. `kind`: own, platform, resolution, case, promise or legal."""

    key: str
    kind: str
    metric: str
    title: str
    outcome: str
    started_at: datetime
    due: datetime | None
    met_at: datetime | None
    breached_at: datetime | None
    waived_at: datetime | None
    late_seconds: int | None = Field(
        description="How late it was answered or waived; still open: how late it is so far. Null: not late."
    )
    steps: list[StepOut]


class ClocksOut(Schema):
    """All clocks of a ticket, the oldest first."""

    ticket: UUID
    zone: str
    language: str
    start_by: datetime | None = Field(
        description="When work must begin to keep the first limit of the platform, a case or the law,"
        " by what is due before it and who is on duty."
    )
    clocks: list[ClockOut]


@router.get("", response={200: TicketPage, **REFUSED}, summary="Tickets in a view's order")
def list_tickets(
    request: TokenRequest,
    view: Annotated[str, Query(description="As in the queue’s addresses: all, mine, channel:ebay, late:own …")] = "all",
    after: Annotated[str, Query(description="The `next` of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> TicketPage:
    """The tickets of a view that your scope shows, most urgent first, a page at a time."""
    try:
        asked = View.parse(view)
    except UnknownView as unknown:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(unknown)) from unknown
    behind = Cursor.read(after) if after else None
    if after and behind is None:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, "“after” is not the “next” of a page.")
    page = first_page(asked, scope=request.scope, agent_id=request.agent.pk, after=behind, limit=limit)
    ids = dict(Ticket.objects.filter(pk__in=[row.ticket for row in page.rows]).values_list("pk", "public_id"))
    tickets = [_ticket(row, ids[row.ticket]) for row in page.rows if row.ticket in ids]
    return TicketPage(tickets=tickets, next=page.next.token() if page.next else None)


def _ticket(row: QueueRow, public_id: UUID) -> TicketOut:
    return TicketOut(
        id=public_id,
        number=row.ticket,
        subject=row.subject,
        channel=row.channel,
        store=row.store,
        status=row.status,
        risk_tier=row.tier,
        risk_reason=row.tier_reason,
        language=row.language,
        act_by=row.act_by,
        own_due=row.own_due,
        platform_due=row.platform_due,
        assignee=row.assignee,
        last_message_at=row.last_message_at,
    )


@router.get(
    "/{uuid:ticket_id}/clocks",
    response={200: ClocksOut, 404: Problem, **REFUSED},
    summary="Why each due time is as it is",
)
def list_clocks(
    request: TokenRequest,
    response: HttpResponse,
    ticket_id: UUID,
    zone: Annotated[str, Query(description="Times are written in this zone; yours where none is given.")] = "",
    language: Annotated[Literal["", "en", "de", "it"], Query(description="Of the sentences; yours by default.")] = "",
) -> ClocksOut:
    """The clocks of one ticket with each step of their explanation, as the ticket's screen shows them."""
    asked_zone, spoken = zone_named(zone or request.agent.zone), language or request.agent.language
    try:
        ticket = ticket_of_public_id(request.scope, ticket_id)
    except TicketHidden as missing:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such ticket, or it is not yours to see.") from missing
    response["Content-Language"] = spoken
    with timezone.override(asked_zone), translation.override(spoken):
        clocks = explained(
            ticket.pk,
            at=request.at,
            moment=moment_words,
            day=day_words,
            received_by=channel_title(ticket.store),
        )
        return ClocksOut(
            ticket=ticket.public_id,
            zone=str(asked_zone),
            language=spoken,
            start_by=start_by.at if (start_by := start_by_of(ticket.pk)) else None,
            clocks=[_clock(clock, asked_zone, request.at) for clock in clocks],
        )


def _late(clock: ExplainedClock, at: datetime) -> int | None:
    if clock.breached_at is None:
        return None
    return int(((clock.met_at or clock.waived_at or at) - clock.breached_at).total_seconds())


def _clock(clock: ExplainedClock, zone: ZoneInfo, at: datetime) -> ClockOut:
    return ClockOut(
        key=clock.key,
        kind=clock.kind,
        metric=clock.metric,
        title=clock.title,
        outcome=clock.outcome,
        started_at=clock.started_at,
        due=clock.due,
        met_at=clock.met_at,
        breached_at=clock.breached_at,
        waived_at=clock.waived_at,
        late_seconds=_late(clock, at),
        steps=[
            StepOut(
                key=step.key,
                parameters={name: _written(value, zone) for name, value in step.params.items()},
                sentence=step.sentence,
            )
            for step in clock.steps
        ],
    )


def _written(value: datetime | date | timedelta | int | str, zone: ZoneInfo) -> str | int:
    match value:
        case datetime():
            return there(value, zone)
        case date():
            return value.isoformat()
        case timedelta():
            return int(value.total_seconds())
        case _:
            return value
