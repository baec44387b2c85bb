"""Whether the work is done that no person does: what waits for a worker, told from what lies undone.

Workers may run on other machines than this one. Due work that nobody has taken shows for all of them that none runs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.accounts.scope import Scope
from tresen.intake.models import PayloadState, StoredPayload
from tresen.outbox.models import Delivery, DeliveryState
from tresen.stores.models import Mailbox
from tresen.workspace.dates import day_and_time
from tresen.workspace.setup.overview.not_sent import count_words, counted

PATIENCE = timedelta(minutes=3)
"""A worker looks for due work every few seconds; a long batch may hold it up for a little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """`asleep`: a sentence where no worker seems to run, else empty. `facts` as (name, words), `not_sent` by state."""

    asleep: str
    facts: tuple[tuple[str, str], ...]
    not_sent: tuple[tuple[DeliveryState, str], ...]


def running(scope: Scope, *, at: datetime) -> Running:
    """How the machinery does at `at`; answers that did not leave are counted in scope. Five small queries."""
    since = _undone_since(at)
    asleep = _(
        "Since %(time)s no worker has done what was due: no mail is read and no answer leaves. Start tresen serve or "
        "tresen work; tresen doctor says what keeps it."
    )
    worker = _("nothing due is left undone") if since is None else _("none seems to run")
    facts = [
        (_("Worker"), worker),
        (_("Answers on their way"), _on_their_way(at)),
    ]
    return Running(
        asleep=asleep % {"time": day_and_time(since, at)} if since else "",
        facts=(*facts, *_mailboxes(at)),
        not_sent=tuple((state, count_words(state, count)) for state, count in counted(scope).items()),
    )


def _undone_since(at: datetime) -> datetime | None:
    late = at - PATIENCE
    kept = StoredPayload.objects.filter(state=PayloadState.KEPT, recorded_at__lt=late)
    kept = kept.filter(Q(store__isnull=False) | Q(mailbox__stores__isnull=False))
    mailboxes = Mailbox.objects.filter(retired_at=None, next_check_at__lt=late)
    queued = Delivery.objects.filter(state=DeliveryState.QUEUED, next_attempt_at__lt=late)
    undone = (
        kept.aggregate(first=Min("recorded_at"))["first"],
        mailboxes.aggregate(first=Min("next_check_at"))["first"],
        queued.aggregate(first=Min("next_attempt_at"))["first"],
    )
    return min((since for since in undone if since is not None), default=None)


def _on_their_way(at: datetime) -> str:
    waiting = Delivery.objects.filter(state__in=[DeliveryState.QUEUED, DeliveryState.SENDING])
    found = waiting.aggregate(count=Count("pk"), oldest=Min("queued_at"))
    if not found["count"]:
        return _("none")
    words = ngettext("%(count)s, since %(time)s", "%(count)s, the oldest since %(time)s", found["count"])
    return words % {"count": found["count"], "time": day_and_time(found["oldest"], at)}


def _mailboxes(at: datetime) -> list[tuple[str, str]]:
    found = Mailbox.objects.filter(retired_at=None).aggregate(
        looked=Max("checked_at"), counted=Min("counted_at"), missing=Sum("missing")
    )
    facts = []
    if found["looked"]:
        facts.append((_("Mailboxes last looked at"), day_and_time(found["looked"], at)))
    if found["counted"]:
        missing = ngettext("%(num)s is missing", "%(num)s are missing", found["missing"]) % {"num": found["missing"]}
        result = missing if found["missing"] else _("nothing is missing")
        facts.append((_("Counted"), f"{day_and_time(found['counted'], at)} – {result}"))
    return facts
