"""Writing to the buyer of an order first: one message, once, in a ticket that waits for the answer.

It answers nobody and stops no clock. It leaves by the outbox as answers do.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.scope import Scope
from tresen.channels.starting import Opening, StartDoor
from tresen.mail.thread_keys import own_message_id
from tresen.orders.models import Order
from tresen.orders.queries import order_in
from tresen.outbox import allowing, queueing
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.receipts import FIRST_WORD
from tresen.replies import afterwards
from tresen.replies.afterwards import Then
from tresen.replies.first_places import conversation_for, open_ticket_about, ticket_for
from tresen.replies.permitting import CannotAnswer, Counterpart, check_text, check_words
from tresen.replies.writing import write_under
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.stores.leaving import sends_nothing
from tresen.stores.models import Store, StoreConnection
from tresen.tickets import ledger, noting
from tresen.tickets.events import ConversationBegun, Key
from tresen.tickets.models import (
    Message,
)


class CannotStart(ValueError):
    """No conversation can be begun so. The message is for the agent; `piece` of the text is what is wrong."""

    def __init__(self, sentence: str, *, piece: str = "") -> None:
        super().__init__(sentence)
        self.piece = piece


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMessage:
    """What an agent writes first. `opening` is the channel's kind of message; `note`: why, for colleagues alone."""

    opening: str
    text: str = ""
    subject: str = ""
    note: str = ""
    then: Then = Then.WAIT


@transaction.atomic
def start(
    order_id: int,
    first: FirstMessage,
    *,
    ticket_id: int | None = None,
    submission: UUID | None = None,
    scope: Scope,
    by: Actor,
    at: datetime,
) -> Message:
    """Queue a first message to the order's buyer; it leaves after a few seconds, and can be taken back until then.

    It stands in `ticket_id`, or another open ticket about the order that this scope shows, else in a new one.
    `submission` is the form's own number: given in twice, the same words are one message. Raises CannotStart, and
    OrderHidden.
    """
    order = order_in(scope, order_id)
    store = order.store
    allowing.wait_for_turn(store)
    earlier = _given_in(order, submission)
    door, opening = _door_of(store, first.opening)
    text = _checked(first, opening, door, store=store, at=at)
    if earlier is not None and (earlier.text, earlier.delivery.opening) == (text, opening.key):
        return earlier
    if hindrance := hindrance_to_start(order, scope=scope) or allowing.hindrance(order, opening.key, at=at):
        raise CannotStart(hindrance)
    number = submission if submission is not None and earlier is None else uuid4()
    subject = _subject(first, opening, order)
    title = subject or f"{_(opening.title)} · {order.number}"
    ticket, opened = ticket_for(order, title, number, ticket_id, scope=scope, by=by, at=at)
    conversation = conversation_for(order, ticket, own_thread=door.own_thread, subject=subject, at=at)
    to = Counterpart(conversation, _address(order, door), subject)
    message = write_under(subject, ticket, to, text, number=number, facts={}, by=by, at=at)
    _put_on_its_way(message, order, opening, at=at, by=by)
    if first.then is Then.SOLVE or opened:
        afterwards.then(first.then, ticket, message, by=by, at=at)
    if first.note.strip():
        noting.add_note(ticket.pk, text=first.note, by=by, at=at)
    return message


def hindrance_to_start(order: Order, *, scope: Scope) -> str:
    """Why nobody in this scope can write to the order's buyer from here, in a sentence; empty where they can."""
    store, channel = order.store, channel_title(order.store)
    connector = connector_of(store)
    door = connector.start
    if door is None:
        refused = _("%(channel)s takes no first messages from here.") % {"channel": channel}
        return f"{refused} {_(connector.unasked)}" if connector.unasked else refused
    if kept_here := sends_nothing(store):
        return kept_here
    if door.by_mail and not _address(order, door):
        return _("The order names no e-mail address of its buyer.")
    linked = connector.connection is None or door.by_mail or StoreConnection.objects.filter(store=store).exists()
    if not linked:
        return _("%(store)s is not connected to %(channel)s: connect it in the set-up.") % {
            "store": store.name,
            "channel": channel,
        }
    if open_ticket_about(order, scope=scope) is None and not scope.shows_team(store.default_team_id):
        return _unseen_team(store)
    return ""


def _unseen_team(store: Store) -> str:
    team = store.default_team
    names = team.agents.filter(is_active=True).order_by("name").values_list("name", flat=True)[:3]
    if not names:
        return _("The answer would go to the team %(team)s, which you do not see and nobody is in.") % {
            "team": team.name
        }
    return _("The answer would go to the team %(team)s, which you do not see. Ask there: %(names)s.") % {
        "team": team.name,
        "names": ", ".join(names),
    }


def taken_back_by(agent_id: int, order: Order) -> Message | None:
    """What this agent wrote to the order's buyer last, if it was taken back or refused and not written again."""
    written = Message.objects.filter(agent=agent_id, delivery__order=order).select_related("delivery")
    newest = written.order_by("-pk").first()
    if newest is None or newest.delivery.state != DeliveryState.WITHDRAWN:
        return None
    return newest


def _given_in(order: Order, submission: UUID | None) -> Message | None:
    """What was given in under this number before, unless it was taken back."""
    if submission is None:
        return None
    given = Message.objects.filter(delivery__order=order).select_related("delivery")
    given = given.filter(external_id__startswith=own_message_id(submission, domain=""))
    return given.exclude(delivery__state=DeliveryState.WITHDRAWN).first()


def _door_of(store: Store, key: str) -> tuple[StartDoor, Opening]:
    door = connector_of(store).start
    opening = door.opening(key) if door else None
    if door is None or opening is None:
        raise CannotStart(_("Choose what kind of message it is."))
    return door, opening


def _checked(first: FirstMessage, opening: Opening, door: StartDoor, *, store: Store, at: datetime) -> str:
    if opening.fixed:
        return ""
    if not first.text.strip():
        raise CannotStart(_("There is nothing to send yet: write something."))
    try:
        text = check_text(first.text, (), store=store, longest=opening.most)
        check_words(text, store, at=at)
    except CannotAnswer as cannot:
        raise CannotStart(str(cannot)) from cannot
    if door.unfit is not None and (wrong := door.unfit(opening, text)):
        raise CannotStart(_(wrong.sentence), piece=wrong.piece)
    return text


def _subject(first: FirstMessage, opening: Opening, order: Order) -> str:
    return " ".join(first.subject.split()) or order.number if opening.subject else ""


def _address(order: Order, door: StartDoor) -> str:
    """The buyer's mail address, where it goes by mail; a platform knows itself whom an order belongs to."""
    if not door.by_mail:
        return ""
    key = order.identity.key if order.identity else ""
    return order.buyer_email or (key if "@" in key else "")


def _put_on_its_way(message: Message, order: Order, opening: Opening, *, by: Actor, at: datetime) -> Delivery:
    conversation = message.conversation
    assert conversation is not None  # it was written into one
    event = ConversationBegun(
        message=message.pk, conversation=conversation.pk, order=order.pk, opening=Key(opening.key.lower())
    )
    ledger.record(message.ticket_id, event, by=by, at=at, source_key=f"message:{message.pk}")
    return queueing.queue(
        message,
        store=order.store,
        recipient=message.reply_to or (order.identity.name if order.identity else "") or channel_title(order.store),
        answers_up_to=0,
        author=FIRST_WORD,
        first=queueing.First(order, opening.key),
        by=by,
        at=at,
    )
