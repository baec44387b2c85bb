"""From the platform's notices to cases: one case however many mails tell of it, in whatever order they come."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from tresen.accounts.actors import CHANNEL
from tresen.channels.cases import CRITICAL, CaseKind, CaseStep
from tresen.duties import case_rows
from tresen.duties.models import UnknownNotice
from tresen.duties.news import Told, told_by
from tresen.orders.models import Case
from tresen.sla.duty_rules import CaseDue, case_due
from tresen.stores.models import Store
from tresen.tickets import ledger
from tresen.tickets.events import CaseClosed, CaseOpened, Event, Key, NoticeReceived
from tresen.tickets.models import Message
from tresen.tickets.recorded import NewEvent, RecordedEvent

NOT_UNDERSTOOD = ("notice_unknown", "notice_unclear")


def open_cases(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Make cases of what notices tell, and keep those that nobody understands where people see them."""
    numbers = [entry.event.message for entry in events if isinstance(entry.event, NoticeReceived)]
    told, unknown = _read(numbers)
    UnknownNotice.objects.bulk_create(unknown, ignore_conflicts=True)
    if told:
        _record(told, at=at)


def open_cases_after_all(messages: Collection[int], *, at: datetime) -> None:
    """The same for those of these messages that nobody understood and a new reading does; they leave the list."""
    listed = UnknownNotice.objects.filter(message__in=messages).values_list("message", "message__problems")
    understood = [message for message, problems in listed if not _is_unknown(problems)]
    told, _ = _read(understood)
    if told:
        _record(told, at=at)
    UnknownNotice.objects.filter(message__in=understood).delete()


def _read(numbers: Collection[int]) -> tuple[list[Told], list[UnknownNotice]]:
    """What these messages tell of cases, and which of them nobody understands."""
    fields = ("pk", "ticket_id", "ticket__team_id", "conversation__store_id", "brand_id", "occurred_at", "facts")
    rows = Message.objects.filter(pk__in=numbers).order_by("occurred_at", "pk").values_list(*fields, "problems")
    told, unknown = [], []
    for message, ticket, team, store, brand, moment, facts, problems in rows:
        one = told_by(facts, message=message, ticket=ticket, store=store, brand=brand, at=moment)
        if one is not None:
            told.append(one)
        if _is_unknown(problems):
            unknown.append(
                UnknownNotice(
                    message_id=message,
                    ticket_id=ticket,
                    store_id=store,
                    brand_id=brand,
                    team_id=team,
                    occurred_at=moment,
                )
            )
    return told, unknown


def _is_unknown(problems: Collection[str]) -> bool:
    return any(problem in NOT_UNDERSTOOD for problem in problems)


def _record(told: Sequence[Told], *, at: datetime) -> None:
    cases = case_rows.cases_told(told)
    handled = case_rows.tie({cases[one.message].pk: one.ticket for one in told if one.message in cases})
    stores = Store.objects.in_bulk({one.store for one in told})
    entries = [
        NewEvent(
            ticket=handled[case.pk],
            event=_event(one, case, stores[one.store]),
            by=CHANNEL,
            occurred_at=one.at,
            source_key=f"message:{one.message}",
        )
        for one in told
        if (case := cases.get(one.message)) is not None
    ]
    ledger.record_all(entries, at=at)


def _event(told: Told, case: Case, store: Store) -> Event:
    if told.step is CaseStep.CLOSED:
        return CaseClosed(case=case.pk, outcome=Key(told.outcome), message=told.message)
    kind = told.kind or CaseKind(case.kind)
    ruled = None if told.due else _ruled(told, kind, store)
    return CaseOpened(
        case=case.pk,
        case_kind=Key(kind.value),
        due=told.due or (ruled.at if ruled else None),
        critical=kind in CRITICAL,
        pack=Key(ruled.rule.edition if ruled else ""),
        message=told.message,
        asked=told.due is not None or not _only_told(told),
    )


def _only_told(told: Told) -> bool:
    """Whether the platform would ask later, if at all."""
    return told.conditional and told.step is not CaseStep.ASKED


def _ruled(told: Told, kind: CaseKind, store: Store) -> CaseDue | None:
    """What the rules say where the mail names no date. One that says "only if we ask" is believed: nothing runs yet."""
    if _only_told(told):
        return None
    wanted = "information_request" if told.step is CaseStep.ASKED else kind.value
    asked = partial(case_due, store.channel, marketplace=store.marketplace, filed_at=told.at, store=store.pk)
    return asked(kind=wanted) or asked(kind=kind.value)
