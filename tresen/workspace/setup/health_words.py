"""How a mailbox does, in one line: a tone, an icon and words."""

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
    trouble = tuple(dict.fromkeys(explained(said) for said in (mailbox.trouble, mailbox.sending_trouble) if said))
    return HealthShown(mailbox=mailbox.pk, state=state, tone=tone, icon=icon, words=str(words), trouble=trouble)


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
