"""The rows of cases: found again by the platform's number or by the order, and kept as the ledger says they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from django.db.models import Q

from tresen.channels.cases import CaseKind
from tresen.clock.duties import duties_of
from tresen.clock.story import Story
from tresen.duties.models import CaseTie
from tresen.duties.news import Told
from tresen.orders.models import Case, CaseState, Order
from tresen.sla.duty_facts import case_key, duty_fact
from tresen.tickets import ledger
from tresen.tickets.events import CaseClosed, CaseDeadlineMoved, CaseOpened
from tresen.tickets.models import Status
from tresen.tickets.recorded import RecordedEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """The part of a case's row that the ledger decides."""

    state: str
    opened_at: datetime
    respond_by: datetime | None
    closed_at: datetime | None
    outcome: str


def cases_told(told: Sequence[Told]) -> dict[int, Case]:
    """The case of each message, made where it is new; a message that only numbers an unknown case has none."""
    known = _known(told)
    found: dict[int, Case] = {}
    orders = _orders(told)
    for one in told:
        case = max((each for each in known if _is_it(each, one)), key=partial(_likeness, told=one), default=None)
        if case is None and one.kind is not None:
            case = _new(one, orders.get((one.store, one.order_number)))
            known.append(case)
        if case is not None:
            _learn(case, one)
            found[one.message] = case
    return found


def _known(told: Sequence[Told]) -> list[Case]:
    numbers = {one.external_id for one in told} - {""}
    orders = {one.order_number for one in told} - {""}
    stores = {one.store for one in told}
    found = Case.objects.filter(Q(external_id__in=numbers) | Q(order_number__in=orders), store__in=stores)
    return list(found.select_for_update().order_by("pk"))


def _is_it(case: Case, told: Told) -> bool:
    if case.store_id != told.store or not _of_one_kind(case, told):
        return False
    if told.external_id and case.external_id:
        return case.external_id == told.external_id
    if told.kind is None:  # only its number says which case it is
        return False
    return bool(told.order_number) and case.order_number == told.order_number


def _of_one_kind(case: Case, told: Told) -> bool:
    """A request that the buyer takes to the platform's service keeps its number: it is no second case."""
    escalated = CaseKind.ESCALATION in (case.kind, told.kind) and bool(told.external_id)
    return told.kind is None or case.kind == told.kind or (escalated and case.external_id == told.external_id)


def _likeness(case: Case, *, told: Told) -> tuple[bool, bool, int]:
    """Of several that it may be: the one of this number, one that is not over, the newest."""
    return bool(told.external_id) and case.external_id == told.external_id, case.state != CaseState.CLOSED, case.pk


def _new(told: Told, order: int | None) -> Case:
    assert told.kind is not None
    return Case.objects.create(
        store_id=told.store,
        brand_id=told.brand,
        order_id=order,
        order_number=told.order_number,
        external_id=told.external_id,
        kind=told.kind.value,
        opened_at=told.at,
    )


def _learn(case: Case, told: Told) -> None:
    """What this message knows and none before did."""
    fresh = {
        "external_id": case.external_id or told.external_id,
        "order_number": case.order_number or told.order_number,
        "amount": told.amount if case.amount is None else case.amount,
        "currency": case.currency or told.currency,
        "stated": case.stated or told.stated,
        "conditional": case.conditional or told.conditional,
    }
    changed = [name for name, value in fresh.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, fresh[name])
    if changed:
        case.save(update_fields=changed)


def _orders(told: Iterable[Told]) -> Mapping[tuple[int, str], int]:
    numbers = {one.order_number for one in told} - {""}
    rows = Order.objects.filter(number__in=numbers).values_list("store_id", "number", "pk")
    return {(store, number): pk for store, number, pk in rows}


def standings(history: Sequence[RecordedEvent]) -> dict[int, CaseStanding]:
    """How the cases of one ticket stand by its events. Pure."""
    told = [(entry, fact) for entry in history if (fact := duty_fact(entry)) is not None]
    # A deadline is the same whoever asks, so that no case looks different a minute later.
    duties = {duty.key: duty for duty in duties_of(Story([fact for _, fact in told]), datetime.max.replace(tzinfo=UTC))}
    events: dict[int, list[RecordedEvent]] = {}
    for entry in history:
        if isinstance(entry.event, CaseOpened | CaseClosed | CaseDeadlineMoved):
            events.setdefault(entry.event.case, []).append(entry)
    found = {}
    for case, entries in events.items():
        duty = duties.get(case_key(case))
        closing = max((one for one in entries if isinstance(one.event, CaseClosed)), key=_moment, default=None)
        over = duty is None or not duty.open
        found[case] = CaseStanding(
            state=CaseState.CLOSED if over else CaseState.OPEN if duty and duty.owed else CaseState.ANSWERED,
            opened_at=min(one.occurred_at for one in entries),
            respond_by=duty.due if duty else None,
            closed_at=closing.occurred_at if closing and over else None,
            outcome=closing.event.outcome if over and closing and isinstance(closing.event, CaseClosed) else "",
        )
    return found


def _moment(entry: RecordedEvent) -> tuple[datetime, int]:
    return entry.occurred_at, entry.sequence


def keep_cases(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Make the rows of the cases of these tickets say what the ledger says."""
    del at
    tickets = {entry.ticket for entry in events}
    stand = {
        case: standing
        for history in ledger.history_of(tickets).values()
        for case, standing in standings(history).items()
    }
    rows = Case.objects.filter(pk__in=stand, tie__ticket__in=tickets)
    changed = [row for row in rows if _take(row, stand[row.pk])]
    Case.objects.bulk_update(changed, ["state", "opened_at", "respond_by", "closed_at", "outcome"])


def _take(row: Case, standing: CaseStanding) -> bool:
    before = stored(row)
    row.state, row.opened_at, row.respond_by = standing.state, standing.opened_at, standing.respond_by
    row.closed_at, row.outcome = standing.closed_at, standing.outcome
    return before != standing


def stored(row: Case) -> CaseStanding:
    """What the row says."""
    return CaseStanding(
        state=row.state,
        opened_at=row.opened_at,
        respond_by=row.respond_by,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )


def tie(cases: Mapping[int, int]) -> dict[int, int]:
    """Give each case (key) its ticket, unless a ticket that can still work handles it; gives each one's ticket now."""
    CaseTie.objects.bulk_create(
        [CaseTie(case_id=case, ticket_id=ticket) for case, ticket in cases.items()], ignore_conflicts=True
    )
    ties = {one.pk: one for one in CaseTie.objects.filter(pk__in=cases).select_related("ticket")}
    moving = [ties[case] for case, ticket in cases.items() if ties[case].ticket.status == Status.CLOSED]
    for one in moving:
        one.ticket_id = cases[one.pk]
    CaseTie.objects.bulk_update(moving, ["ticket"])
    return {case: one.ticket_id for case, one in ties.items()}
