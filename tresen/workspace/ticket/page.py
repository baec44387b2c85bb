"""All that the ticket's screen shows, gathered in one place and inside the agent's scope."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from tresen.accounts.models import LEADING, Agent, Team
from tresen.outbox.queries import deliveries_of
from tresen.replies.drafting import drafts_of
from tresen.routing.placing import NO_WORDS, NOT_ARRIVED
from tresen.routing.queue_rows import QueueRow
from tresen.routing.queues import rows_of
from tresen.staffing.absences import away_at
from tresen.stores.channel_words import channel_title
from tresen.stores.models import Store
from tresen.tickets import queries
from tresen.tickets.models import Message, Tag, Ticket
from tresen.tickets.questions import questions_in
from tresen.tickets.recorded import RecordedEvent
from tresen.tickets.returned import not_arrived
from tresen.tickets.solving import SETTLED
from tresen.workspace.queue.row_words import row_shown
from tresen.workspace.queue.rows import RowShown
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.ticket.chat_words import ChatShown, chat_shown
from tresen.workspace.ticket.clock_cards import ClockCard, ClockCards, clock_cards
from tresen.workspace.ticket.composing import Composer, composer
from tresen.workspace.ticket.danger_words import start_by_words
from tresen.workspace.ticket.delivery_words import not_arrived_shown
from tresen.workspace.ticket.duties.shown import DutyShown, duties_shown
from tresen.workspace.ticket.event_words import events_shown
from tresen.workspace.ticket.handed import HandOverShown, hand_over_shown
from tresen.workspace.ticket.message_words import Told, messages_shown
from tresen.workspace.ticket.offers import Offers, offers
from tresen.workspace.ticket.partners.shown import QuestionShown, partners_in, questions_shown
from tresen.workspace.ticket.passing import passed_on_words
from tresen.workspace.ticket.thread import Choice, Item, NotArrivedShown, with_days
from tresen.workspace.ticket.waivers import ways_back_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who is working on the ticket now: this agent `until` then, or the colleague named `by`, or nobody."""

    until: datetime | None = None
    by: str = ""


NOT_HELD = Held()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketShown:
    """`row` is its place in the queue, none when nothing is owed; `earlier`: the thread has older messages.

    `nobody_before`: nobody is on duty between now and what is due first. `governed_by`: the key of the clock that its
    place comes from. `danger`: why it is in danger, `passed_on`: which colleague left it to others, and why; empty
    where it is not so.
    `owed_after_all` takes the newest waiver back, where one stands.
    `leads`: this agent may strike clocks out and set up timetables and the like, `may_set_rules`: say
    otherwise for the store; `not_arrived`: answers that ask for a decision.
    """

    ticket: Ticket
    channel: str
    row: RowShown | None
    place: QueueRow | None
    not_arrived: NotArrivedShown | None
    nobody_before: bool
    danger: str
    clocks: ClockCards
    duties: Sequence[DutyShown]
    questions: Sequence[QuestionShown]
    items: Sequence[Item]
    earlier: int | None
    tags: Sequence[Tag]
    composer: Composer
    offers: Offers
    agents: Sequence[Agent]
    away: Collection[int]
    """The ids of those of them who are away now."""
    teams: Sequence[Team]
    linked: Sequence[Ticket]
    held: Held
    leads: bool
    may_set_rules: bool
    owed_after_all: Choice | None
    hand_over: HandOverShown | None
    chat: ChatShown | None
    passed_on: str

    @property
    def task(self) -> str:
        """What is to be done next; empty where the ticket has no place in the queue."""
        return self.place.task if self.place else ""

    @property
    def crossed(self) -> bool:
        """Whether an answer of ours crossed with a message."""
        return self.place is not None and self.place.crossed

    @property
    def unstaffed(self) -> bool:
        """Whether nobody works before it is due."""
        return self.place is not None and self.place.unstaffed

    @property
    def order_number(self) -> str:
        """The order that its row names."""
        return (self.place.order_number if self.place else "") or ""

    @property
    def governing(self) -> ClockCard | None:
        """The clock whose time stands first."""
        timing = self.row.timing if self.row else None
        cards = [self.clocks.own, self.clocks.lost, self.clocks.platform, *self.clocks.duties, *self.clocks.others]
        known = [card for card in cards if card is not None]
        found = [card for card in known if timing and card.face.due == timing.face.due]
        return next(iter(found), None) or next(
            (card for card in known if self.place and card.key == self.place.governing), None
        )

    @property
    def title(self) -> str:
        """What it is about."""
        return self.ticket.subject or _("No subject")

    @property
    def words_owed(self) -> bool:
        """Whether somebody waits for an answer, or for a word about one."""
        return self.row is not None and self.task not in NO_WORDS

    @property
    def settled(self) -> bool:
        """Nothing more to do here, unless somebody reopens it."""
        return self.ticket.status in SETTLED


def ticket_or_404(request: AgentRequest, ticket_id: int) -> Ticket:
    """The ticket, where this agent may see it; else it does not exist."""
    try:
        return queries.ticket_in(request.scope, ticket_id)
    except queries.TicketHidden as hidden:
        raise Http404(str(hidden)) from hidden


def ticket_shown(
    request: AgentRequest, ticket: Ticket, *, before: int | None = None, held: Held = NOT_HELD
) -> TicketShown:
    """The ticket as its screen shows it; `before` pages back in a very long thread."""
    place = next(iter(rows_of([ticket.pk], scope=request.scope)), None)
    up_to = queries.newest_message(ticket.pk)  # before the thread is read: what comes in between was not shown
    messages = queries.thread_of(ticket.pk, before=before)
    clocks = clock_cards(ticket, at=request.at)
    history = queries.history_of(ticket.pk)
    ways_back = ways_back_from(ticket, history)
    return TicketShown(
        ticket=ticket,
        channel=channel_title(ticket.store),
        row=row_shown(place, view="all", at=request.at) if place else None,
        place=place,
        not_arrived=_not_arrived(request, history) if place and place.task == NOT_ARRIVED else None,
        nobody_before=bool(place and place.act_by and place.act_by <= request.at),
        danger=start_by_words(ticket, at=request.at) if place and place.in_danger else "",
        clocks=clocks,
        duties=duties_shown(ticket, clocks, questions_in(history), at=request.at),
        questions=questions_shown(ticket, history, at=request.at),
        items=_thread(request, ticket, messages, history, ways_back),
        earlier=_earlier(messages),
        tags=queries.tags_of(ticket.pk),
        composer=_composer(request, ticket, messages, up_to=up_to),
        offers=offers(messages, clocks, at=request.at),
        agents=list(Agent.objects.filter(is_active=True, teams=ticket.team_id).order_by("name")),
        away=away_at(request.at).keys(),
        teams=list(Team.objects.order_by("name")),
        linked=[other for _link, other in queries.linked_to(ticket.pk, scope=request.scope)],
        held=held,
        leads=request.agent.role in LEADING,
        may_set_rules=_may_set_rules(request, ticket.store),
        owed_after_all=ways_back[max(ways_back)] if ways_back else None,
        hand_over=None if ticket.status in SETTLED else hand_over_shown(ticket, request.agent),
        chat=chat_shown(ticket.pk, agent_id=request.agent.pk, at=request.at),
        passed_on="" if ticket.status in SETTLED else passed_on_words(history, agent=request.agent.pk, at=request.at),
    )


def _may_set_rules(request: AgentRequest, store: Store) -> bool:
    sees = request.scope.shows(team=store.default_team_id, store=store.pk, brand=store.brand_id)
    return sees and request.agent.role in LEADING


def _composer(request: AgentRequest, ticket: Ticket, messages: Sequence[Message], *, up_to: int) -> Composer:
    return composer(
        ticket,
        messages,
        up_to=up_to,
        drafts=drafts_of(ticket.pk, by=request.actor, at=request.at),
        answered=number_given(request.GET, "answered"),
        by=request.actor,
        at=request.at,
    )


def _thread(
    request: AgentRequest,
    ticket: Ticket,
    messages: Sequence[Message],
    history: Sequence[RecordedEvent],
    ways_back: Mapping[datetime, Choice],
) -> list[Item]:
    told = Told(ticket=ticket, agent=request.agent.pk, at=request.at, partners=partners_in(ticket, history))
    shown = messages_shown(messages, deliveries_of([message.pk for message in messages]), told)
    events = events_shown(history, at=request.at, ways_back=ways_back)
    begins = messages[0].occurred_at if len(messages) == queries.LONGEST_THREAD else None
    if begins is not None:
        events = [event for event in events if event.at >= begins]
    return with_days([*shown, *events], at=request.at)


def _not_arrived(request: AgentRequest, history: Sequence[RecordedEvent]) -> NotArrivedShown | None:
    failed = [one.message for one in not_arrived(history)]
    deliveries = deliveries_of(failed)
    return not_arrived_shown([deliveries[message] for message in failed], at=request.at) if failed else None


def _earlier(messages: Sequence[Message]) -> int | None:
    return min(message.pk for message in messages) if len(messages) == queries.LONGEST_THREAD else None
