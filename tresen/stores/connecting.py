"""Mailboxes: connected, changed, signed in anew, retired. Secrets go into the vault, never into a row."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.stores.models import Health, Mailbox, Security, SignInWith, Store
from tresen.stores.signing_in import imap_server, secret_name, smtp_server
from tresen.stores.wording import Problem, SetupWrong
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import seal

HIGHEST_PORT = 65_535
LONGEST_NAME = 80
NEEDED = {SignInWith.PASSWORD: ("password",), SignInWith.XOAUTH2: ("client_secret", "refresh_token")}
"""Which secrets each way to sign in needs."""
GUARDED = frozenset({"imap_host", "imap_security", "smtp_host", "smtp_security", "token_url"})
"""Where these change, the secrets would go to somebody else, or there by another way: they are typed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxDetails:
    """What an administrator says of a mailbox. `username` empty: the address.

    `trusted_receivers`: hosts of the seller's own provider, as they name themselves in Received lines.
    """

    address: str
    imap_host: str
    smtp_host: str
    name: str = ""
    username: str = ""
    imap_port: int = 993
    imap_security: str = Security.TLS
    smtp_port: int = 465
    smtp_security: str = Security.TLS
    sign_in_with: str = SignInWith.PASSWORD
    token_url: str = ""
    client_id: str = ""
    folders: Sequence[str] = ()
    trusted_receivers: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What is sealed. An empty one is left as it is."""

    password: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)

    def given(self) -> Mapping[str, str]:
        """Those that are there."""
        every = {
            "password": self.password,
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
        }
        return {name: value for name, value in every.items() if value}


@transaction.atomic
def connect_mailbox(
    details: MailboxDetails, secrets: Secrets, *, stores: Collection[int], by: Actor, at: datetime
) -> Mailbox:
    """Connect a mailbox that serves these stores; it is read at once. Raises SetupWrong."""
    mailbox = Mailbox(created_at=at, next_check_at=at, **_values(details))
    _check(mailbox, kept=set(secrets.given()), stores=stores)
    mailbox.save()
    mailbox.stores.set(stores)
    _seal(mailbox, secrets, at=at)
    record_change(f"mailbox:{mailbox.pk}", "connected", by=by, at=at, details={"stores": sorted(stores)})
    return mailbox


@transaction.atomic
def change_mailbox(
    mailbox_id: int, details: MailboxDetails, secrets: Secrets, *, stores: Collection[int], by: Actor, at: datetime
) -> Mailbox:
    """What is true of the mailbox from now on; it is tried at once. Raises SetupWrong."""
    mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
    values = _values(details)
    changed = [name for name, value in values.items() if getattr(mailbox, name) != value]
    for name in changed:
        setattr(mailbox, name, values[name])
    _check(mailbox, kept=_kept(mailbox) | set(secrets.given()), stores=stores)
    if GUARDED.intersection(changed):
        _ask_again(mailbox, secrets)
    mailbox.next_check_at = at
    mailbox.save(update_fields=[*changed, "next_check_at"])
    mailbox.stores.set(stores)
    _seal(mailbox, secrets, at=at)
    told = {"fields": changed, "secrets": sorted(secrets.given()), "stores": sorted(stores)}
    record_change(f"mailbox:{mailbox_id}", "changed", by=by, at=at, details=told)
    return mailbox


@transaction.atomic
def reconnect(mailbox_id: int, secrets: Secrets, *, by: Actor, at: datetime) -> Mailbox:
    """Sign in anew, after the password changed or the provider's consent was withdrawn. It is tried at once."""
    mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
    needed = NEEDED[SignInWith(mailbox.sign_in_with)][-1]
    if needed not in secrets.given():
        raise SetupWrong([Problem(needed, _missing(needed))])
    _seal(mailbox, secrets, at=at)
    mailbox.health = Health.NEW
    mailbox.trouble = mailbox.sending_trouble = ""
    mailbox.troubled_since = mailbox.sending_troubled_since = None
    mailbox.failures = mailbox.sending_failures = 0
    mailbox.next_check_at = at
    mailbox.save()
    record_change(f"mailbox:{mailbox_id}", "reconnected", by=by, at=at)
    return mailbox


@transaction.atomic
def retire_mailbox(mailbox_id: int, *, by: Actor, at: datetime) -> Mailbox:
    """Read it no more, send nothing through it, and forget its secrets. What came in stays."""
    mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
    if mailbox.retired_at is None:
        mailbox.retired_at = at
        mailbox.health = Health.OFF
        mailbox.save(update_fields=["retired_at", "health"])
        SealedSecret.objects.filter(name__startswith=secret_name(mailbox, "")).delete()
        record_change(f"mailbox:{mailbox_id}", "retired", by=by, at=at)
    return mailbox


def unsaved(details: MailboxDetails) -> Mailbox:
    """The mailbox as it would be, to test its connection before it is kept. Raises SetupWrong."""
    mailbox = Mailbox(**_values(details))
    problems = [*_problems(mailbox)]
    if problems:
        raise SetupWrong(problems)
    return mailbox


def _values(details: MailboxDetails) -> dict[str, object]:
    address = details.address.strip().lower()
    return {
        "name": details.name.strip() or address,
        "address": address,
        "username": details.username.strip() or address,
        "imap_host": details.imap_host.strip().lower(),
        "imap_port": details.imap_port,
        "imap_security": details.imap_security,
        "smtp_host": details.smtp_host.strip().lower(),
        "smtp_port": details.smtp_port,
        "smtp_security": details.smtp_security,
        "sign_in_with": details.sign_in_with,
        "token_url": details.token_url.strip(),
        "client_id": details.client_id.strip(),
        "folders": [folder for folder in details.folders if folder.strip()],
        "trusted_receivers": [host.strip().lower() for host in details.trusted_receivers if host.strip()],
    }


def _check(mailbox: Mailbox, *, kept: Collection[str], stores: Collection[int]) -> None:
    problems = [*_problems(mailbox)]
    others = Mailbox.objects.exclude(pk=mailbox.pk)
    if others.filter(address=mailbox.address).exists():
        sentence = _("The mailbox %(address)s is connected already.")
        problems.append(Problem("address", sentence % {"address": mailbox.address}))
    elif others.filter(name=mailbox.name).exists():
        sentence = _("There is a mailbox “%(name)s” already.")
        problems.append(Problem("name", sentence % {"name": mailbox.name}))
    if Store.objects.filter(pk__in=stores).count() != len(set(stores)):
        problems.append(Problem("stores", _("One of the chosen stores does not exist any more.")))
    problems += [Problem(name, _missing(name)) for name in NEEDED[SignInWith(mailbox.sign_in_with)] if name not in kept]
    if problems:
        raise SetupWrong(problems)


def _problems(mailbox: Mailbox) -> Iterator[Problem]:
    try:
        validate_email(mailbox.address)
    except ValidationError:
        yield Problem("address", _("“%(address)s” is not an e-mail address.") % {"address": mailbox.address[:200]})
    if len(mailbox.name) > LONGEST_NAME:
        yield Problem("name", _("Give the mailbox a name of at most %(most)s characters.") % {"most": LONGEST_NAME})
    for way in ("imap", "smtp"):
        if not getattr(mailbox, f"{way}_host"):
            yield Problem(f"{way}_host", _("The name of the %(way)s server is missing.") % {"way": way.upper()})
        if not 0 < getattr(mailbox, f"{way}_port") <= HIGHEST_PORT:
            yield Problem(f"{way}_port", _("A port is a number from 1 to 65535."))
    for way, server in (("imap", imap_server), ("smtp", smtp_server)):
        try:
            server(mailbox)
        except ValueError as wrong:
            yield Problem(f"{way}_security", str(wrong))
    if mailbox.sign_in_with == SignInWith.XOAUTH2:
        yield from _oauth_problems(mailbox)


def _oauth_problems(mailbox: Mailbox) -> Iterator[Problem]:
    if not mailbox.client_id:
        yield Problem("client_id", _("The client id that the provider gave you is missing."))
    if not mailbox.token_url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        yield Problem("token_url", _("The address for tokens must begin with https://."))


def _ask_again(mailbox: Mailbox, secrets: Secrets) -> None:
    sentence = _("Enter this again, because a server, its encryption or the address for tokens is another one now.")
    absent = [name for name in NEEDED[SignInWith(mailbox.sign_in_with)] if name not in secrets.given()]
    if absent:
        raise SetupWrong([Problem(name, sentence) for name in absent])


def _missing(name: str) -> str:
    match name:
        case "password":
            return _("The password is missing.")
        case "client_secret":
            return _("The client secret that the provider gave you is missing.")
        case _:
            return _("The provider's consent is missing: sign in there and paste the refresh token.")


def _kept(mailbox: Mailbox) -> set[str]:
    names = SealedSecret.objects.filter(name__startswith=secret_name(mailbox, "")).values_list("name", flat=True)
    return {name.rpartition(":")[2] for name in names}


def _seal(mailbox: Mailbox, secrets: Secrets, *, at: datetime) -> None:
    for name, value in secrets.given().items():
        seal(secret_name(mailbox, name), value, at=at)
    if secrets.given():
        # A token that was fetched with what has changed now says nothing about it.
        SealedSecret.objects.filter(name=secret_name(mailbox, "access_token")).delete()
