"""Whom to chase, on rows that come up because a partner has not answered yet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tresen.clock.clocks import ClockKind
from tresen.partners.queries import chased_on
from tresen.routing.queue_rows import QueueRow
from tresen.workspace.queue.rows import Fact

LONGEST_NAME = 28
"""What of a name fits a phone; the whole of it is told by the mark."""


def chase_facts(rows: Iterable[QueueRow]) -> dict[int, Fact]:
    """By ticket: the partner to chase, where that is due before any promise of ours."""
    asked = [row.ticket for row in rows if row.task == ClockKind.PROMISE]
    return {ticket: _fact(partner) for ticket, partner in chased_on(asked).items()} if asked else {}


def _fact(partner: str) -> Fact:
    cut = partner if len(partner) <= LONGEST_NAME else f"{partner[: LONGEST_NAME - 1].rstrip()}…"
    words = _("chase %(partner)s") % {"partner": cut}
    return Fact(words=words, tone="accent", icon="message-circle-question-mark", why=partner if cut != partner else "")
