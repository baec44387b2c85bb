"""Trying a mailbox's connection before it is kept, or when somebody asks why it does not work."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.mail import imap, oauth
from tresen.mail.oauth import TokenEndpoint
from tresen.mail.outcomes import Outcome, SignInRefused, TemporaryFailure
from tresen.mail.signing_in import (
    AuthenticationRefused,
    BearerToken,
    Credentials,
    MailTrouble,
    Password,
    ReconnectNeeded,
    Unreachable,
)
from tresen.mail.smtp import SmtpTransport
from tresen.stores import health
from tresen.stores.causes import SIGN_IN_REFUSED, Trouble, cause_of
from tresen.stores.connecting import MailboxDetails, Secrets, unsaved
from tresen.stores.models import Mailbox, SignInWith
from tresen.stores.signing_in import credentials_of, imap_server, smtp_server
from tresen.stores.troubles import explained


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of it. A trouble is for the administrator; none where all went well.

    `folders` are those that can be read; `secrets` are those to keep: a provider may have exchanged the refresh token.
    """

    receiving: Trouble | None = None
    sending: Trouble | None = None
    folders: tuple[str, ...] = ()
    secrets: Secrets = field(default_factory=Secrets)

    @property
    def works(self) -> bool:
        """Mail can be received and sent."""
        return self.receiving is None and self.sending is None


def try_details(details: MailboxDetails, secrets: Secrets, *, at: datetime) -> Tried:
    """Sign in to both servers with what was typed; nothing is kept. Raises SetupWrong for what can't be right."""
    mailbox = unsaved(details)
    try:
        credentials, kept = _credentials(mailbox, secrets, at=at)
    except MailTrouble as trouble:
        told = _told(trouble)
        return Tried(receiving=told, sending=told, secrets=secrets)
    return replace(_tried(mailbox, credentials, at=at), secrets=kept)


def try_mailbox(mailbox_id: int, *, at: datetime) -> Tried:
    """Sign in to both servers of a connected mailbox."""
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    try:
        return _tried(mailbox, credentials_of(mailbox, at=at), at=at)
    except MailTrouble as trouble:
        return Tried(receiving=_told(trouble), sending=_told(trouble))


def try_sending(mailbox_id: int, *, at: datetime) -> None:
    """Sign in to the server that answers leave through; what keeps us out shows as the mailbox's health.

    Receiving is tried by the worker all the time; without this a wrong server for sending showed only with an answer.
    """
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    try:
        credentials = credentials_of(mailbox, at=at)
        outcome = SmtpTransport(server=smtp_server(mailbox), credentials=credentials, clock=lambda: at).check()
    except MailTrouble as trouble:
        consent = isinstance(trouble, ReconnectNeeded)
        health.sending_failed(mailbox_id, trouble=str(trouble), at=at, reconnect=consent)
        return
    if outcome is None:
        health.sending_went_well(mailbox_id)
    else:
        refused = isinstance(outcome, SignInRefused)
        health.sending_failed(mailbox_id, trouble=_answer(outcome), at=at, reconnect=refused)


def _answer(outcome: Outcome) -> str:
    code = getattr(outcome, "code", 0)
    return f"{code} {outcome.text}" if code else outcome.text


def _credentials(mailbox: Mailbox, secrets: Secrets, *, at: datetime) -> tuple[Credentials, Secrets]:
    if mailbox.sign_in_with == SignInWith.PASSWORD:
        return Password(mailbox.username, secrets.password), secrets
    endpoint = TokenEndpoint(url=mailbox.token_url, client_id=mailbox.client_id, client_secret=secrets.client_secret)
    token = oauth.refresh(endpoint, refresh_token=secrets.refresh_token, at=at)
    return BearerToken(mailbox.username, token.token), replace(secrets, refresh_token=token.refresh_token)


def _tried(mailbox: Mailbox, credentials: Credentials, *, at: datetime) -> Tried:
    folders: tuple[str, ...] = ()
    receiving: Trouble | None = None
    try:
        with imap.connect(imap_server(mailbox), credentials) as box:
            folders = tuple(folder.name for folder in box.folders())
            missing = [name for name in mailbox.folders if name not in folders]
            if missing:
                receiving = Trouble(_("The mailbox has no folder “%(name)s”.") % {"name": missing[0]})
    except MailTrouble as trouble:
        receiving = _told_of_receiving(trouble, mailbox)
    transport = SmtpTransport(server=smtp_server(mailbox), credentials=credentials, clock=lambda: at)
    return Tried(receiving=receiving, sending=_told_of_sending(transport.check(), mailbox), folders=folders)


def _told_of_receiving(trouble: MailTrouble, mailbox: Mailbox) -> Trouble:
    match trouble:
        case AuthenticationRefused():
            sentence, why = _("The server for receiving, %(host)s, refuses the sign-in."), ""
        case Unreachable():
            sentence = _("The server for receiving, %(host)s, can't be reached.")
            why = cause_of(str(trouble)) or _("Check its name, port and encryption.")
        case _:
            return explained(str(trouble))
    return Trouble(f"{sentence % {'host': mailbox.imap_host}} {why}".strip(), str(trouble))


def _told_of_sending(outcome: Outcome | None, mailbox: Mailbox) -> Trouble | None:
    match outcome:
        case None:
            return None
        case SignInRefused():
            sentence = _("The server for sending, %(host)s, refuses the sign-in.")
        case TemporaryFailure(code=0):
            sentence = _("The server for sending, %(host)s, can't be reached.")
        case _:
            sentence = _("The server for sending, %(host)s, does not let us in.")
    why = "" if isinstance(outcome, SignInRefused) else cause_of(outcome.text)
    return Trouble(f"{sentence % {'host': mailbox.smtp_host}} {why}".strip(), outcome.text)


def _told(trouble: MailTrouble) -> Trouble:
    match trouble:
        case AuthenticationRefused():
            sentence = str(SIGN_IN_REFUSED)
        case Unreachable():
            sentence = cause_of(str(trouble)) or _("The server can't be reached. Check its name, port and encryption.")
        case _:
            return explained(str(trouble))
    return Trouble(sentence, str(trouble))
