"""Where an answer is, in words: queued, left us, came back, refused, or nobody knows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from tresen.channels.outbound import NOT_CLOSED
from tresen.channels.receipts import Stage
from tresen.outbox.in_chat import SHOWN_IN_CHAT, may_have_been_shown
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.queueing import UNDO_WINDOW
from tresen.stores.troubles import OPTED_OUT, QUIET_HOURS, in_words
from tresen.workspace.dates import day_and_time
from tresen.workspace.ticket.thread import Choice, DeliveryShown, NotArrivedShown


def delivery_shown(delivery: Delivery, *, at: datetime, reached: tuple[Stage, datetime] | None = None) -> DeliveryShown:
    """The state of a reply with its reason, and the buttons for what a person must decide.

    `reached`: how far it has come since it left, where its platform tells.
    """
    shown = STATES[DeliveryState(delivery.state)](delivery, at)
    if reached is None or delivery.state != DeliveryState.ACCEPTED or reached[0] not in STAGES:
        return shown
    words = STAGES[reached[0]] % {"when": day_and_time(reached[1], at)}
    return replace(shown, words=f"{shown.words} · {words}", icon="check-check")


def not_arrived_shown(deliveries: Sequence[Delivery], *, at: datetime) -> NotArrivedShown:
    """The banner of answers that did not arrive; where it is one, with its reason and its way out again."""
    messages, words = tuple(delivery.message_id for delivery in deliveries), _not_arrived_words(deliveries)
    if len(deliveries) > 1:
        return NotArrivedShown(messages=messages, words=words)
    shown = delivery_shown(deliveries[0], at=at)
    return NotArrivedShown(messages=messages, words=words, reason=shown.reason, choices=shown.choices)


def _not_arrived_words(deliveries: Sequence[Delivery]) -> str:
    asked = sum(delivery.mailbox_id is not None for delivery in deliveries)
    if asked == len(deliveries):
        return ngettext(
            "A question to a partner did not arrive.", "%(num)s questions to partners did not arrive.", asked
        ) % {"num": asked}
    if asked:
        return _("%(num)s mails did not arrive: answers to the buyer, and questions to partners.") % {
            "num": len(deliveries)
        }
    return ngettext(
        "An answer did not arrive: the buyer has not got it. No clock asks for it any more.",
        "%(num)s answers did not arrive: the buyer has not got them. No clock asks for them any more.",
        len(deliveries),
    ) % {"num": len(deliveries)}


def waits_for_morning(delivery: Delivery, at: datetime) -> str:
    """When it leaves, where it waits for the quiet hours of its recipient's place to end; else empty."""
    due = delivery.next_attempt_at
    if delivery.state != DeliveryState.QUEUED or due is None:
        return ""
    planned = delivery.answer == QUIET_HOURS if delivery.attempts else due - delivery.queued_at > UNDO_WINDOW
    return _("Leaves %(when)s: it is night there.") % {"when": day_and_time(due, at)} if planned else ""


def _queued(delivery: Delivery, at: datetime) -> DeliveryShown:
    undo = _choice(delivery, "reply-withdrawal", _("Undo"))
    if words := waits_for_morning(delivery, at):
        return DeliveryShown(words=words, icon="clock", choices=(undo,))
    if delivery.attempts:
        when = day_and_time(delivery.next_attempt_at, at) if delivery.next_attempt_at else ""
        words = _("Queued, next attempt %(when)s") % {"when": when}
        return DeliveryShown(words=words, icon="refresh-cw", tone="soon", reason=in_words(delivery.answer))
    if may_have_been_shown(delivery, at=at):
        return DeliveryShown(words=_("In the chat, not seen yet"), icon="clock")
    return DeliveryShown(words=_("Queued"), icon="clock", choices=(undo,))


def _sending(delivery: Delivery, at: datetime) -> DeliveryShown:
    del delivery, at
    return DeliveryShown(words=_("Just leaving"), icon="send")


def _accepted(delivery: Delivery, at: datetime) -> DeliveryShown:
    when = day_and_time(delivery.accepted_at, at) if delivery.accepted_at else ""
    if delivery.answer == SHOWN_IN_CHAT:
        return DeliveryShown(words=_("Shown in the chat %(when)s") % {"when": when}, icon="check", tone="met")
    reason = in_words(NOT_CLOSED) if delivery.answer == NOT_CLOSED else ""
    return DeliveryShown(words=_("Left us %(when)s") % {"when": when}, icon="check", tone="met", reason=reason)


def _bounced(delivery: Delivery, at: datetime) -> DeliveryShown:
    del at
    again = () if delivery.answer == OPTED_OUT else (_choice(delivery, "delivery-resending", _("Send again")),)
    return DeliveryShown(
        words=_("Came back"), icon="undo-2", tone="late", reason=in_words(delivery.answer), choices=again
    )


def _refused(delivery: Delivery, at: datetime) -> DeliveryShown:
    del at
    again = _choice(delivery, "delivery-resending", _("Send again"))
    return DeliveryShown(
        words=_("Refused"), icon="circle-x", tone="late", reason=in_words(delivery.answer), choices=(again,)
    )


def _uncertain(delivery: Delivery, at: datetime) -> DeliveryShown:
    looked = ""
    if delivery.looked_at:
        when = day_and_time(delivery.looked_at, at)
        looked = _("The platform was read %(when)s and does not show it.") % {"when": when}
    return DeliveryShown(
        words=_("May have been sent"),
        icon="circle-question-mark",
        tone="soon",
        reason=f"{in_words(delivery.answer)} {looked}".strip(),
        choices=(
            _choice(delivery, "delivery-confirmation", _("It was sent")),
            _choice(delivery, "delivery-resending", _("Send again")),
        ),
    )


def _held(delivery: Delivery, at: datetime) -> DeliveryShown:
    del at
    if delivery.store.retired_at is not None:
        return DeliveryShown(words=_("Held back: this store is retired and sends nothing"), icon="archive", tone="soon")
    if delivery.store.shadow:
        return DeliveryShown(words=_("Held back: this store only watches and sends nothing"), icon="eye", tone="soon")
    # What was held for days is not sent unseen: a person decides, answer by answer.
    now = _choice(delivery, "delivery-resending", _("Send now"))
    return DeliveryShown(words=_("Held back while this store only watched"), icon="eye", tone="soon", choices=(now,))


def _withdrawn(delivery: Delivery, at: datetime) -> DeliveryShown:
    del delivery, at
    return DeliveryShown(words=_("Taken back, never sent"), icon="undo-2", unsent=True)


def _choice(delivery: Delivery, route: str, label: str) -> Choice:
    number = delivery.message_id if route == "reply-withdrawal" else delivery.pk
    return Choice(label=label, address=reverse(route, args=[number]))


STAGES = {
    Stage.DELIVERED: lazy("arrived %(when)s"),
    Stage.READ: lazy("read %(when)s"),
}
STATES = {
    DeliveryState.QUEUED: _queued,
    DeliveryState.SENDING: _sending,
    DeliveryState.ACCEPTED: _accepted,
    DeliveryState.BOUNCED: _bounced,
    DeliveryState.REFUSED: _refused,
    DeliveryState.UNCERTAIN: _uncertain,
    DeliveryState.HELD: _held,
    DeliveryState.WITHDRAWN: _withdrawn,
}
