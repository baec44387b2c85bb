"""Comparing the stored questions with what the ledger says of them."""

from collections.abc import Collection, Iterator

from tresen.partners.following import standing_of
from tresen.partners.models import Question
from tresen.tickets import ledger
from tresen.tickets.questions import QuestionNow, questions_in
from tresen.tickets.replaying import Difference


def differences(tickets: Collection[int]) -> list[Difference]:
    """Where the questions of these tickets differ from a replay of their events."""
    told = {ticket: questions_in(history) for ticket, history in ledger.history_of(tickets).items()}
    rows = {row.pk: row for row in Question.objects.filter(ticket__in=tickets)}
    found = [one for row in rows.values() for one in _compare(row, told[row.ticket_id].get(row.pk))]
    found += [
        Difference(ticket=ticket, what=f"question {number}", stored="missing", recomputed="there")
        for ticket, questions in told.items()
        for number in questions
        if number not in rows
    ]
    return found


def _compare(row: Question, said: QuestionNow | None) -> Iterator[Difference]:
    name = f"question {row.pk}"
    if said is None:
        yield Difference(ticket=row.ticket_id, what=name, stored="there", recomputed="missing")
        return
    theirs = {"state": said.state.value, "promise": said.promise, "unread_since": said.unread_since}
    for field, ours in standing_of(row).items():
        if ours != theirs[field]:
            yield Difference(
                ticket=row.ticket_id, what=f"{name}.{field}", stored=str(ours), recomputed=str(theirs[field])
            )
