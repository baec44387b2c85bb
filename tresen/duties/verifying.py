"""Comparing the stored cases with what the ledger says of them."""

from collections.abc import Collection
from dataclasses import asdict

from tresen.duties.case_rows import standings, stored
from tresen.orders.models import Case
from tresen.tickets import ledger
from tresen.tickets.replaying import Difference


def differences(tickets: Collection[int]) -> list[Difference]:
    """Where the cases of these tickets differ from a replay of their events."""
    histories = ledger.history_of(tickets)
    said = {ticket: standings(history) for ticket, history in histories.items()}
    found = []
    for row in Case.objects.filter(tie__ticket__in=tickets).select_related("tie"):
        ours, theirs = asdict(stored(row)), said[row.tie.ticket_id].get(row.pk)
        if theirs is None:
            found.append(
                Difference(ticket=row.tie.ticket_id, what=f"case {row.pk}", stored="there", recomputed="missing")
            )
            continue
        found += [
            Difference(
                ticket=row.tie.ticket_id, what=f"case {row.pk}.{name}", stored=str(ours[name]), recomputed=str(value)
            )
            for name, value in asdict(theirs).items()
            if ours[name] != value
        ]
    return found
