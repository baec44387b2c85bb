"""The cases, promises and legal requests of a ticket as its screen shows them: what, until when, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.channels.order_door import OrderRef
from tresen.clock.clocks import ClockKind
from tresen.duties.models import Promise
from tresen.duties.queries import cases_on, promises_on, requests_on
from tresen.orders.models import Case, CaseState
from tresen.sla.duty_facts import case_key, promise_key, request_key
from tresen.sla.duty_sentences import duty_names
from tresen.stores.back_offices import order_pages
from tresen.tickets.models import Ticket
from tresen.tickets.questions import Questions, QuestionState
from tresen.workspace.dates import day_and_time
from tresen.workspace.money import money
from tresen.workspace.ticket.clock_cards import ClockCard, ClockCards

ENDINGS: Mapping[str, Mapping[str, str | Lazy]] = {
    ClockKind.CASE: {
        "won": gettext_lazy("Decided for us"),
        "lost": gettext_lazy("Decided against us"),
        "settled": gettext_lazy("Settled with the buyer"),
        "withdrawn": gettext_lazy("Withdrawn by the buyer"),
        "mistaken": gettext_lazy("Entered by mistake"),
    },
    ClockKind.PROMISE: {
        "dropped": gettext_lazy("Binds us no longer"),
        "mistaken": gettext_lazy("Entered by mistake"),
    },
    ClockKind.LEGAL: {
        "withdrawn": gettext_lazy("The customer withdrew it"),
        "refused": gettext_lazy("Refused with a reason"),
        "mistaken": gettext_lazy("Entered by mistake"),
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyShown:
    """One open duty. `done` says what its main button does; empty where it waits for the platform's decision.

    `words`: what was promised, which can be changed; None where it is no promise.
    """

    key: str
    title: str
    detail: str
    tone: str
    icon: str
    done: str
    address: str
    endings: Mapping[str, str | Lazy]
    card: ClockCard | None
    words: str | None


def duties_shown(
    ticket: Ticket, clocks: ClockCards, questions: Questions = MappingProxyType({}), *, at: datetime
) -> list[DutyShown]:
    """What is open on this ticket besides answers, the earliest due first; then what waits for the platform.

    Not the dates on which to chase `questions`: those stand with them.
    """
    chased = {one.promise for one in questions.values() if one.state is QuestionState.OPEN}
    waiting = {_first_key(card.key): card for card in clocks.duties}
    found = [
        *(_case(case, waiting.get(case_key(case.pk)), at) for case in _open_cases(ticket)),
        *(
            _promise(one, waiting[promise_key(one.pk)])
            for one in promises_on(ticket.pk)
            if promise_key(one.pk) in waiting and one.pk not in chased
        ),
        *(
            _duty(
                request_key(one.pk), duty_names()[one.kind], _since(one.received_at, at), waiting[request_key(one.pk)]
            )
            for one in requests_on(ticket.pk)
            if request_key(one.pk) in waiting
        ),
    ]
    order = {key: number for number, key in enumerate(waiting)}
    return sorted(found, key=lambda duty: order.get(duty.key, len(order)))


def _open_cases(ticket: Ticket) -> Sequence[Case]:
    return [case for case in cases_on(ticket.pk) if case.state != CaseState.CLOSED]


def _first_key(key: str) -> str:
    return ":".join(key.split(":")[:2])


def _case(case: Case, card: ClockCard | None, at: datetime) -> DutyShown:
    amount = money(case.amount, case.currency) if case.amount and case.currency else ""
    stated = _("the mail says: “%(words)s”") % {"words": case.stated} if case.stated else ""
    known = (case.external_id, case.order_number, amount, stated, _since(case.opened_at, at))
    return _duty(
        case_key(case.pk),
        duty_names().get(case.kind, case.kind),
        " · ".join(filter(None, known)),
        card,
        address=order_pages([case.store])(case.store, _order_of(case)),
    )


def _order_of(case: Case) -> OrderRef:
    return OrderRef(number=case.order_number, external_id=case.order.external_id if case.order else "")


def _promise(made: Promise, card: ClockCard) -> DutyShown:
    who = made.agent.name if made.agent else ""
    itself = _("the next answer keeps it") if made.conversation_id else ""
    detail = " · ".join(filter(None, (made.what, who, itself)))
    return _duty(promise_key(made.pk), duty_names()[made.kind], detail, card, words=made.what)


def _since(moment: datetime, at: datetime) -> str:
    return _("since %(when)s") % {"when": day_and_time(moment, at)}


def _duty(
    key: str, title: str, detail: str, card: ClockCard | None, *, address: str = "", words: str | None = None
) -> DutyShown:
    kind = ClockKind(key.partition(":")[0])
    late = card is not None and card.face.state in {"breached", "lost"}
    return DutyShown(
        key=key,
        title=title[:1].upper() + title[1:],
        detail=detail if card else f"{detail} · {_('answered: the platform decides')}",
        tone="late" if late else "accent" if card else "",
        icon={ClockKind.CASE: "gavel", ClockKind.PROMISE: "handshake"}.get(kind, "scale"),
        done=_DONE[kind]() if card else "",
        address=address,
        endings=ENDINGS[kind],
        card=card,
        words=words,
    )


_DONE = {
    ClockKind.CASE: lambda: _("Answered there"),
    ClockKind.PROMISE: lambda: _("Kept"),
    ClockKind.LEGAL: lambda: _("Fulfilled"),
}
