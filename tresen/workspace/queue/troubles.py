"""What keeps messages from coming in or answers from leaving, for those whose work it touches."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from tresen.accounts.scope import Scope
from tresen.stores.models import Health, Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleShown:
    """A sentence for whoever waits for mail, and the mailbox it is about, for whoever can mend it."""

    words: str
    mailbox: int


def troubles(scope: Scope) -> list[TroubleShown]:
    """A sentence for each mailbox of a visible store that can't be read or sent from now."""
    broken = Mailbox.objects.filter(retired_at=None, health__in=[Health.TROUBLED, Health.RECONNECT])
    if scope.stores is not None and scope.brands is not None:
        broken = broken.filter(Q(stores__in=scope.stores) | Q(stores__brand__in=scope.brands))
    return [TroubleShown(words=_said(mailbox), mailbox=mailbox.pk) for mailbox in broken.distinct().order_by("name")]


def _said(mailbox: Mailbox) -> str:
    if mailbox.health == Health.RECONNECT:
        sentence = _(
            "%(mailbox)s lets us in no longer: an administrator must sign in again before anything comes or goes."
        )
        return sentence % {"mailbox": mailbox.name}
    return _("%(mailbox)s has trouble: messages may come late and answers wait. It is tried again by itself.") % {
        "mailbox": mailbox.name
    }
