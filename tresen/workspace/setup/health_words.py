"""How a mailbox does, in one line: a tone, an icon and words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tresen.stores.causes import Trouble
from tresen.stores.models import Health, Mailbox
from tresen.stores.troubles import explained


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthShown:
    """`tone` is a badge's; `trouble` what keeps it from reading or sending, for an administrator."""

    mailbox: int
    state: str
    tone: str
    icon: str
    words: str
    trouble: tuple[Trouble, ...] = ()


def health_of(mailbox: Mailbox) -> HealthShown:
    """The state that asks most of a person wins."""
    state = _state_of(mailbox)
    tone, icon, words = _STATES[state]
    return HealthShown(
        mailbox=mailbox.pk, state=state, tone=tone, icon=icon, words=str(words), trouble=tuple(_troubles(mailbox))
    )


def _troubles(mailbox: Mailbox) -> Iterator[Trouble]:
    """Receiving and sending are two servers: each trouble says which of them it is about."""
    for said, host, where in (
        (mailbox.trouble, mailbox.imap_host, _("Receiving from %(host)s: %(trouble)s")),
        (mailbox.sending_trouble, mailbox.smtp_host, _("Sending through %(host)s: %(trouble)s")),
    ):
        if said:
            told = explained(said)
            yield Trouble(str(where) % {"host": host, "trouble": told.sentence}, told.details)


def _state_of(mailbox: Mailbox) -> str:
    if mailbox.health != Health.GOOD:
        return mailbox.health
    if mailbox.read_from is None:
        return "asking"
    return "missing" if mailbox.missing else Health.GOOD


_STATES = {
    Health.OFF.value: ("waiting", "circle-slash", _("Switched off")),
    Health.RECONNECT.value: ("late", "plug", _("Sign in again")),
    Health.TROUBLED.value: ("soon", "triangle-alert", _("In trouble")),
    Health.NEW.value: ("waiting", "hourglass", _("Not read yet")),
    Health.GOOD.value: ("met", "circle-check", _("Does well")),
    "asking": ("soon", "circle-question-mark", _("Asks how far back to read")),
    "missing": ("soon", "triangle-alert", _("Messages are missing")),
}
