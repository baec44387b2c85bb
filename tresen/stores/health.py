"""How a mailbox does. Receiving and sending are two connections; the shown state is the worse of the two."""

from datetime import datetime, timedelta

from django.db import transaction

from tresen.stores.models import Health, Mailbox

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)

# 30 s doubled five times is past the longest pause.
_MOST_DOUBLINGS = 5


def pause_after(failures: int) -> timedelta:
    """How long to leave a server alone after so many failures in a row."""
    return min(FIRST_PAUSE * (1 << min(max(failures - 1, 0), _MOST_DOUBLINGS)), LONGEST_PAUSE)


@transaction.atomic
def receiving_went_well(mailbox_id: int, *, at: datetime, next_check_at: datetime) -> None:
    """The mailbox was read to its end."""
    mailbox = _locked(mailbox_id)
    mailbox.trouble, mailbox.failures = "", 0
    mailbox.checked_at, mailbox.next_check_at = at, next_check_at
    if not mailbox.sending_trouble:
        mailbox.troubled_since = None
    _keep(mailbox, _calmed(mailbox))


@transaction.atomic
def receiving_failed(mailbox_id: int, *, trouble: str, at: datetime, reconnect: bool = False) -> None:
    """The mailbox could not be read. `trouble` is a sentence for an administrator; it is tried again after a pause."""
    mailbox = _locked(mailbox_id)
    mailbox.trouble = trouble
    mailbox.failures += 1
    mailbox.checked_at = at
    mailbox.next_check_at = at + (LONGEST_PAUSE if reconnect else pause_after(mailbox.failures))
    mailbox.troubled_since = mailbox.troubled_since or at
    _keep(mailbox, Health.RECONNECT if reconnect else _troubled(mailbox))


def sending_went_well(mailbox_id: int) -> None:
    """The mail server took a mail. Costs nothing while all is well."""
    if not Mailbox.objects.filter(pk=mailbox_id).exclude(sending_trouble="").exists():
        return
    with transaction.atomic():
        mailbox = _locked(mailbox_id)
        mailbox.sending_trouble, mailbox.sending_failures, mailbox.sending_troubled_since = "", 0, None
        if not mailbox.trouble:
            mailbox.troubled_since = None
        _keep(mailbox, _calmed(mailbox))


@transaction.atomic
def sending_failed(mailbox_id: int, *, trouble: str, at: datetime, reconnect: bool = False) -> None:
    """The mail server could not be reached, or does not know us."""
    mailbox = _locked(mailbox_id)
    mailbox.sending_trouble = trouble
    mailbox.sending_failures += 1
    mailbox.sending_troubled_since = mailbox.sending_troubled_since or at
    mailbox.troubled_since = mailbox.troubled_since or at
    _keep(mailbox, Health.RECONNECT if reconnect else _troubled(mailbox))


def _locked(mailbox_id: int) -> Mailbox:
    return Mailbox.objects.select_for_update().get(pk=mailbox_id)


def _calmed(mailbox: Mailbox) -> str:
    """One of the two does well again: the state of the other stays."""
    if not mailbox.trouble and not mailbox.sending_trouble:
        return Health.GOOD
    return mailbox.health


def _troubled(mailbox: Mailbox) -> str:
    # A new sign-in that is asked for stays asked for, whatever else fails meanwhile.
    return mailbox.health if mailbox.health == Health.RECONNECT else Health.TROUBLED


def _keep(mailbox: Mailbox, health: str) -> None:
    mailbox.health = Health.OFF if mailbox.retired_at else Health(health)
    mailbox.save(
        update_fields=[
            "health",
            "trouble",
            "troubled_since",
            "failures",
            "checked_at",
            "next_check_at",
            "sending_trouble",
            "sending_troubled_since",
            "sending_failures",
        ]
    )
