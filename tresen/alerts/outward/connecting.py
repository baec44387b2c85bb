"""Setting up how notices leave the house: the mailbox, the on-call address, chats."""

import secrets
from collections.abc import Collection
from datetime import datetime

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.wording import AccountWrong, Problem
from tresen.alerts.models import NoticeGroup, WaysOut, Webhook
from tresen.alerts.outward.chat import post, secret_name
from tresen.alerts.outward.outcomes import Outcome
from tresen.staffing.timetables import agent_id
from tresen.stores.models import Mailbox
from tresen.stores.public_places import AddressForbidden, AddressUnknown, place_of
from tresen.vault.sealing import open_secret, seal

LONGEST_NAME = 80


@transaction.atomic
def choose_ways(*, mailbox_id: int | None, on_call_email: str, by: Actor, at: datetime) -> None:
    """The mailbox that notices leave through (None: no mail leaves) and the address at the ladder's end."""
    if mailbox_id is not None and not Mailbox.objects.filter(pk=mailbox_id, retired_at=None).exists():
        raise AccountWrong([Problem("mailbox", _("This mailbox is not there any more."))])
    said = {"mailbox_id": mailbox_id, "on_call_email": on_call_email, "changed_at": at, "changed_by_id": agent_id(by)}
    WaysOut.objects.update_or_create(pk=1, defaults=said)
    record_change("notices", "ways_chosen", by=by, at=at, details={"mailbox": mailbox_id})


@transaction.atomic
def add_webhook(
    *,
    name: str,
    url: str,
    groups: Collection[NoticeGroup],
    language: str,
    allows_private: bool,
    by: Actor,
    at: datetime,
) -> Webhook:
    """A chat that is told from now on, with a secret of its own. Raises AccountWrong."""
    webhook = Webhook(language=language, allows_private=allows_private)
    _fill(webhook, name=name, url=url, groups=groups, by=by, at=at)
    webhook.save()
    seal(secret_name(webhook.pk), secrets.token_urlsafe(32), at=at)
    record_change(f"webhook:{webhook.pk}", "added", by=by, at=at)
    return webhook


@transaction.atomic
def change_webhook(
    webhook_id: int,
    *,
    name: str,
    url: str,
    groups: Collection[NoticeGroup],
    language: str,
    allows_private: bool,
    by: Actor,
    at: datetime,
) -> None:
    """What the chat is called, where it is, what it is told. Its secret stays. Raises AccountWrong."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook_id)
    webhook.language, webhook.allows_private = language, allows_private
    _fill(webhook, name=name, url=url, groups=groups, by=by, at=at)
    webhook.trouble, webhook.troubled_since = "", None
    webhook.save()
    record_change(f"webhook:{webhook_id}", "changed", by=by, at=at)


@transaction.atomic
def retire_webhook(webhook_id: int, *, by: Actor, at: datetime) -> None:
    """The chat is told nothing more. What went there stays on record."""
    if Webhook.objects.filter(pk=webhook_id, retired_at=None).update(retired_at=at):
        record_change(f"webhook:{webhook_id}", "retired", by=by, at=at)


def secret_of(webhook_id: int) -> str:
    """What the receiver checks signatures with. Raises SecretMissing."""
    return open_secret(secret_name(webhook_id))


def try_webhook(webhook: Webhook, *, at: datetime) -> Outcome:
    """Call it once with a word that it works."""
    words = _("Tresen can reach this chat: notices will appear here.")
    body = msgspec.json.encode({"text": words})
    return post(webhook, body, delivery=f"test-{webhook.pk}-{int(at.timestamp())}", at=at)


def _fill(webhook: Webhook, *, name: str, url: str, groups: Collection[NoticeGroup], by: Actor, at: datetime) -> None:
    problems = []
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        sentence = _("Give a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        problems.append(Problem("name", sentence))
    if webhook.language not in dict(settings.LANGUAGES):
        problems.append(Problem("language", _("This language is not spoken here.")))
    if not groups:
        problems.append(Problem("groups", _("Choose at least one kind of notice.")))
    problems += _wrong_address(url, allows_private=webhook.allows_private)
    if problems:
        raise AccountWrong(problems)
    webhook.name, webhook.url, webhook.groups = name, url, [NoticeGroup(group).value for group in groups]
    webhook.changed_at, webhook.changed_by_id = at, agent_id(by)


def _wrong_address(url: str, *, allows_private: bool) -> list[Problem]:
    try:
        place_of(url, allows_private=allows_private)
    except AddressForbidden:
        sentence = _(
            "This address is not called: it must begin with http:// or https:// and lie on the public web, or in your "
            "own network where you allow that."
        )
        return [Problem("url", sentence)]
    except AddressUnknown:
        return [Problem("url", _("The host in this address is not found. Is there a typing mistake?"))]
    return []
