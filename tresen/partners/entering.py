"""The address book: adding, changing and retiring partners."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.partners.models import Counting, Partner, PartnerKind
from tresen.partners.wording import PartnerWrong, Problem
from tresen.stores.models import Mailbox, Store

LONGEST_NAME = 80
LONGEST_WAIT = 60
MOST_SENDERS = 20
_DOMAIN = re.compile(r"@[a-z0-9-]+(\.[a-z0-9-]+)+")
SHARED_DOMAINS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com"),
        *("gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de", "mail.de", "posteo.de", "proton.me"),
        *("libero.it", "virgilio.it", "alice.it", "tiscali.it", "yahoo.it", "hotmail.it", "aol.com"),
    }
)
"""Where anybody gets an address: such a domain says nothing of who writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A partner as an admin enters it. `also_from`: further addresses that answer for it, or "@domain"."""

    name: str
    kind: PartnerKind
    address: str
    language: str
    days: int
    counting: Counting = Counting.WORKING_DAYS
    also_from: Collection[str] = ()
    mailbox: int | None = None
    brands: Collection[int] = ()
    stores: Collection[int] = ()


@transaction.atomic
def add_partner(entered: Entered, *, by: Actor, at: datetime) -> Partner:
    """A new partner that can be asked from now on. Raises `PartnerWrong`."""
    partner = Partner()
    _keep(partner, entered)
    record_change(f"partner:{partner.pk}", "added", by=by, at=at)
    return partner


@transaction.atomic
def change_partner(partner_id: int, entered: Entered, *, by: Actor, at: datetime) -> Partner:
    """The partner as it is from now on; what was asked before stays as it was. Raises `PartnerWrong`."""
    partner = Partner.objects.select_for_update().get(pk=partner_id)
    changed = _keep(partner, entered)
    if changed:
        record_change(f"partner:{partner_id}", "changed", by=by, at=at, details={"fields": changed})
    return partner


@transaction.atomic
def retire_partner(partner_id: int, *, by: Actor, at: datetime) -> None:
    """Nobody asks it any more; what it was asked may still be answered. Retiring a retired one changes nothing."""
    partner = Partner.objects.select_for_update().get(pk=partner_id)
    if partner.retired_at is None:
        partner.retired_at = at
        partner.save(update_fields=["retired_at"])
        record_change(f"partner:{partner_id}", "retired", by=by, at=at)


@transaction.atomic
def bring_back_partner(partner_id: int, *, by: Actor, at: datetime) -> None:
    """It can be asked again. Raises `PartnerWrong` where another one has its name meanwhile."""
    partner = Partner.objects.select_for_update().get(pk=partner_id)
    if partner.retired_at is not None:
        if namesake := list(_namesake(partner.name, except_for=partner_id)):
            raise PartnerWrong(namesake)
        partner.retired_at = None
        partner.save(update_fields=["retired_at"])
        record_change(f"partner:{partner_id}", "brought_back", by=by, at=at)


def mailboxes_that_ask() -> QuerySet[Mailbox]:
    """Those that can send questions and are read: one that serves no store keeps its mail unread."""
    return Mailbox.objects.filter(retired_at=None, stores__isnull=False).distinct().order_by("name")


def _keep(partner: Partner, entered: Entered) -> list[str]:
    """Write what was entered; gives the names of the fields that changed."""
    values = {
        "name": " ".join(entered.name.split()),
        "kind": PartnerKind(entered.kind).value,
        "address": entered.address.strip(),
        "also_from": sorted({one.strip().lower() for one in entered.also_from if one.strip()}),
        "language": entered.language,
        "days": entered.days,
        "counting": Counting(entered.counting).value,
        "mailbox_id": entered.mailbox,
    }
    problems = [*_wrong(values), *_namesake(str(values["name"]), except_for=partner.pk)]
    if problems:
        raise PartnerWrong(problems)
    changed = [name for name, value in values.items() if partner.pk is None or getattr(partner, name) != value]
    for name in changed:
        setattr(partner, name, values[name])
    partner.save()
    for name, chosen in (("brands", entered.brands), ("stores", entered.stores)):
        related = getattr(partner, name)
        if set(related.values_list("pk", flat=True)) != set(chosen):
            related.set(chosen)
            changed.append(name)
    return changed


def _wrong(values: dict[str, object]) -> Iterator[Problem]:
    name, address = str(values["name"]), str(values["address"])
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        sentence = _("Give the partner a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        yield Problem("name", sentence)
    if not _is_address(address):
        yield Problem("address", _("Enter a whole e-mail address."))
    elif _is_ours(address):
        yield Problem("address", _("This is an address of ours: a question would come back to us."))
    yield from _wrong_senders(values["also_from"])  # type: ignore[arg-type]  # made as a list above
    if values["language"] not in dict(settings.LANGUAGES):
        yield Problem("language", _("Choose one of the languages."))
    if not 1 <= int(str(values["days"])) <= LONGEST_WAIT:
        yield Problem("days", _("Enter between 1 and %(most)s days.") % {"most": LONGEST_WAIT})
    mailbox = values["mailbox_id"]
    if isinstance(mailbox, int) and mailbox not in mailboxes_that_ask().values_list("pk", flat=True):
        yield Problem("mailbox", _("This mailbox is retired, or serves no store: nobody would read the answers."))


def _wrong_senders(senders: list[str]) -> Iterator[Problem]:
    if len(senders) > MOST_SENDERS:
        yield Problem("also_from", _("At most %(most)s addresses.") % {"most": MOST_SENDERS})
    for one in senders:
        if one.startswith("@") and one[1:] in SHARED_DOMAINS:
            sentence = _("Anybody can have an address at “%(domain)s”: name whole addresses there.")
            yield Problem("also_from", sentence % {"domain": one[1:]})
        elif not (_DOMAIN.fullmatch(one) or (not one.startswith("@") and _is_address(one))):
            yield Problem(
                "also_from", _("“%(word)s” is neither an address nor a domain like @example.com.") % {"word": one}
            )


def _namesake(name: str, *, except_for: int | None) -> Iterator[Problem]:
    others = Partner.objects.filter(name__iexact=name, retired_at=None)
    if (others if except_for is None else others.exclude(pk=except_for)).exists():
        yield Problem("name", _("There is a partner “%(name)s” already.") % {"name": name})


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_ours(address: str) -> bool:
    of_store = Store.objects.filter(addresses__contains=[address.lower()], retired_at=None)
    return of_store.exists() or Mailbox.objects.filter(address__iexact=address, retired_at=None).exists()
