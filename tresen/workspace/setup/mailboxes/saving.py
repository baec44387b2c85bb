"""From a mailbox's forms to the operations."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.accounts.actors import Actor
from tresen.intake.mailboxes.starting import how_far_back, start_reading
from tresen.mail.signing_in import MailTrouble
from tresen.stores.connecting import change_mailbox, connect_mailbox, reconnect
from tresen.stores.models import Mailbox
from tresen.stores.troubles import in_words
from tresen.stores.trying import Tried, try_details, try_mailbox, try_sending
from tresen.stores.wording import SetupWrong
from tresen.workspace.amounts import whole
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.mailboxes.forms import MailboxForm, SecretsForm

EVERYTHING = "all"
NOW = "0"
CONNECTING = frozenset({
    "smtp_host", "smtp_port", "smtp_security", "username", "sign_in_with", "token_url", "client_id", "address"
})  # fmt: skip
"""Fields that decide whether answers can leave."""


def saved(form: MailboxForm, mailbox: Mailbox | None, *, by: Actor, at: datetime) -> Mailbox | None:
    """The mailbox as kept; None where the form says why not."""
    if not form.is_valid():
        return None
    stores = form.cleaned_data["stores"]

    def keep() -> Mailbox:
        if mailbox is None:
            return connect_mailbox(form.details(), form.secrets(), stores=stores, by=by, at=at)
        return change_mailbox(mailbox.pk, form.details(), form.secrets(), stores=stores, by=by, at=at)

    kept = _or_problems(form, keep)
    if kept is not None and (mailbox is None or form.secrets().given() or CONNECTING & set(form.changed_data)):
        try_sending(kept.pk, at=at)
    return kept


def tried(form: MailboxForm, mailbox: Mailbox | None, *, at: datetime) -> Tried | None:
    """What came of signing in with what is in the form; None where the form says why not.

    Kept secrets are used only when nothing else was changed: a secret must not travel to a server that was just typed.
    """
    if not form.is_valid():
        return None
    if form.secrets().given():
        return _or_problems(form, lambda: try_details(form.details(), form.secrets(), at=at))
    if mailbox is not None and not set(form.changed_data) - {"stores", "name", "trusted_receivers"}:
        return try_mailbox(mailbox.pk, at=at)
    form.add_error(None, _("To test what you changed, enter the password or the tokens again."))
    return None


def signed_in_again(form: SecretsForm, mailbox: Mailbox, *, by: Actor, at: datetime) -> bool:
    """Whether the new secrets could be kept."""
    if not form.is_valid():
        return False
    kept = _or_problems(form, lambda: reconnect(mailbox.pk, form.secrets(), by=by, at=at))
    if kept is not None:
        try_sending(kept.pk, at=at)
    return kept is not None


def starts_offered(mailbox: Mailbox, *, at: datetime) -> tuple[list[tuple[str, str]], str]:
    """How far back one can go, with how many mails that is, and what kept us from counting them."""
    try:
        counts = how_far_back(mailbox.pk, at=at)
        trouble = ""
    except (MailTrouble, ValueError) as said:
        counts, trouble = dict.fromkeys((1, 7, 30, 365), -1), in_words(str(said))
    choices = [(str(days), _choice(days, count)) for days, count in counts.items()]
    return [(NOW, _("Only what comes from now on")), *choices, (EVERYTHING, _("Everything"))], trouble


def start(mailbox: Mailbox, chosen: str, *, at: datetime) -> None:
    """Begin to read from the chosen day."""
    since = datetime(1970, 1, 1, tzinfo=UTC) if chosen == EVERYTHING else at - timedelta(days=int(chosen))
    start_reading(mailbox.pk, since=since, at=at)


def _choice(days: int, count: int) -> str:
    span = ngettext("The last day", "The last %(days)s days", days) % {"days": days}
    if count < 0:
        return span
    mails = ngettext("%(count)s message", "%(count)s messages", count) % {"count": whole(count)}
    return f"{span} – {mails}"


def _or_problems[T](form: forms.Form, operation: Callable[[], T]) -> T | None:
    try:
        return operation()
    except SetupWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return None
