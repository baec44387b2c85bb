"""Requests to forget in words: why, about whom, by when, what goes and what stays."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tresen.channels.contract import Look
from tresen.channels.erasure import ErasureKind, due
from tresen.intake.erasing.erasing import Meant
from tresen.intake.models import Erasure
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of

SOON = timedelta(days=7)
WHY = {
    ErasureKind.STORE.value: gettext_lazy("The store has left the platform: all of its buyers are to be forgotten"),
    ErasureKind.ACCESS.value: gettext_lazy("A buyer asks what is known of him"),
    ErasureKind.BUYER.value: gettext_lazy("A buyer is to be forgotten"),
}
PROVEN: Mapping[str, Callable[[int], str]] = {
    "tickets_message": lambda count: ngettext("%(count)s message", "%(count)s messages", count),
    "tickets_ticket": lambda count: ngettext("%(count)s ticket", "%(count)s tickets", count),
    "orders_order": lambda count: ngettext("%(count)s order", "%(count)s orders", count),
    "customers_identity": lambda count: ngettext("%(count)s buyer", "%(count)s buyers", count),
    "tickets_attachment": lambda count: ngettext("%(count)s file", "%(count)s files", count),
    "replies_draft": lambda count: ngettext("%(count)s draft", "%(count)s drafts", count),
    "intake_storedpayload": lambda count: ngettext("%(count)s raw payload", "%(count)s raw payloads", count),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureShown:
    """A request as a line of a list. `tone`: late, soon or nothing. `proof`: what was erased, once it is."""

    id: int
    why: str
    whose: str
    store: str
    channel: str
    look: Look
    number: str
    asked_at: datetime
    due: datetime
    tone: str
    agreed: bool
    carried_out_at: datetime | None
    proof: Sequence[str]


def erasure_shown(erasure: Erasure, *, at: datetime) -> ErasureShown:
    """How it stands at `at`."""
    by = due(erasure.asked_at)
    return ErasureShown(
        id=erasure.pk,
        why=str(WHY[erasure.kind]),
        whose=_whose(erasure),
        store=erasure.store.name,
        channel=channel_title(erasure.store),
        look=connector_of(erasure.store).look,
        number=erasure.external_id,
        asked_at=erasure.asked_at,
        due=by,
        tone="late" if by <= at else "soon" if by <= at + SOON else "",
        agreed=erasure.agreed_at is not None,
        carried_out_at=erasure.carried_out_at,
        proof=list(_proof(erasure)),
    )


def found_words(meant: Meant) -> list[str]:
    """How much there is of whom it is about."""
    counted = {
        "customers_identity": len(meant.identities),
        "orders_order": len(meant.orders),
        "tickets_ticket": len(meant.tickets),
    }
    return [PROVEN[table](count) % {"count": count} for table, count in counted.items()]


def _whose(erasure: Erasure) -> str:
    if erasure.kind == ErasureKind.STORE:
        return _("All buyers of %(store)s") % {"store": erasure.store.name}
    names = [name for words in erasure.who.values() for name in words]
    return ", ".join(dict.fromkeys(names)) or _("Forgotten: nobody knows any more who it was")


def _proof(erasure: Erasure) -> Iterator[str]:
    if erasure.kind == ErasureKind.ACCESS and erasure.carried_out_at:
        yield _("answered, nothing was erased")
        return
    for table, words in PROVEN.items():
        if count := erasure.erased.get(table, 0):
            yield words(count) % {"count": count}
    if erasure.carried_out_at and not any(erasure.erased.values()):
        yield _("nothing was known")
