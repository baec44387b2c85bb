"""Brands and their stores: added, changed, put in shadow, retired, taken back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Team
from tresen.stores.connectors import connector_of, connectors
from tresen.stores.models import Brand, Store
from tresen.stores.order_patterns import objections
from tresen.stores.wording import Problem, SetupWrong

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDetails:
    """What an administrator says of a store. Answers come from the first address; mail to any of them is its own."""

    name: str
    brand: int
    channel: str
    default_team: int
    marketplace: str = ""
    language: str = "en"
    addresses: Sequence[str] = ()
    order_number_pattern: str = ""


@transaction.atomic
def add_brand(*, name: str, language: str = "en", by: Actor, at: datetime) -> Brand:
    """A new brand: the name that answers are signed with. Raises SetupWrong."""
    name = _name(name)
    if Brand.objects.filter(name__iexact=name).exists():
        raise SetupWrong([Problem("name", _("There is a brand “%(name)s” already.") % {"name": name})])
    brand = Brand.objects.create(name=name, language=language)
    record_change(f"brand:{brand.pk}", "added", by=by, at=at)
    return brand


@transaction.atomic
def add_store(details: StoreDetails, *, shadow: bool = True, by: Actor, at: datetime) -> Store:
    """A new store; in shadow it reads everything and sends nothing. Raises SetupWrong."""
    store = Store(shadow=shadow, created_at=at, **_checked(details, except_for=None))
    store.save()
    record_change(f"store:{store.pk}", "added", by=by, at=at, details={"channel": store.channel, "shadow": shadow})
    return store


@transaction.atomic
def change_store(store_id: int, details: StoreDetails, *, by: Actor, at: datetime) -> Store:
    """What is true of the store from now on. Its channel never changes. Raises SetupWrong."""
    store = Store.objects.select_for_update().get(pk=store_id)
    values = _checked(details, except_for=store_id)
    if store.channel != details.channel:
        raise SetupWrong([Problem("channel", _("A store stays on its channel. Add another store for the other one."))])
    changed = [name for name, value in values.items() if getattr(store, name) != value]
    for name in changed:
        setattr(store, name, values[name])
    if changed:
        store.save(update_fields=changed)
        record_change(f"store:{store_id}", "changed", by=by, at=at, details={"fields": changed})
    return store


@transaction.atomic
def set_shadow(store_id: int, *, shadow: bool, by: Actor, at: datetime) -> Store:
    """Throw the shadow switch. Answers held meanwhile leave only when a person sends each of them."""
    store = Store.objects.select_for_update().get(pk=store_id)
    if store.shadow != shadow:
        store.shadow = shadow
        store.save(update_fields=["shadow"])
        record_change(f"store:{store_id}", "shadow_on" if shadow else "shadow_off", by=by, at=at)
    return store


@transaction.atomic
def retire_store(store_id: int, *, by: Actor, at: datetime) -> Store:
    """Sell there no more: its platform is asked no more and nothing leaves. Its tickets stay, and its mail is read."""
    store = Store.objects.select_for_update().get(pk=store_id)
    if store.retired_at is None:
        store.retired_at, store.shadow = at, True
        store.save(update_fields=["retired_at", "shadow"])
        record_change(f"store:{store_id}", "retired", by=by, at=at)
    return store


@transaction.atomic
def take_back_store(store_id: int, *, by: Actor, at: datetime) -> Store:
    """Sell there again. It only watches at first, so that nothing leaves unseen."""
    store = Store.objects.select_for_update().get(pk=store_id)
    if store.retired_at is not None:
        store.retired_at, store.shadow = None, True
        store.save(update_fields=["retired_at", "shadow"])
        record_change(f"store:{store_id}", "taken_back", by=by, at=at)
    return store


def _checked(details: StoreDetails, *, except_for: int | None) -> dict[str, object]:
    problems = [*_problems(details)]
    name = " ".join(details.name.split())
    others = Store.objects.exclude(pk=except_for) if except_for is not None else Store.objects.all()
    if others.filter(name__iexact=name).exists():
        problems.append(Problem("name", _("There is a store “%(name)s” already.") % {"name": name}))
    if problems:
        raise SetupWrong(problems)
    return {
        "name": name,
        "brand": Brand.objects.get(pk=details.brand),
        "channel": details.channel,
        "marketplace": details.marketplace,
        "default_team": Team.objects.get(pk=details.default_team),
        "language": details.language,
        "addresses": list(_addresses(details)),
        "order_number_pattern": details.order_number_pattern,
    }


def _problems(details: StoreDetails) -> Iterator[Problem]:
    name = " ".join(details.name.split())
    if not name or len(name) > LONGEST_NAME:
        yield Problem("name", _("Give the store a name of at most %(most)s characters.") % {"most": LONGEST_NAME})
    if not Brand.objects.filter(pk=details.brand).exists():
        yield Problem("brand", _("Choose the brand that this store belongs to."))
    if not Team.objects.filter(pk=details.default_team).exists():
        yield Problem("default_team", _("Choose the team that takes this store's tickets."))
    yield from _channel_problems(details)
    yield from _address_problems(details)
    for sentence in objections(details.order_number_pattern):
        yield Problem("order_number_pattern", sentence)


def _channel_problems(details: StoreDetails) -> Iterator[Problem]:
    if details.channel not in {connector.key for connector in connectors()}:
        yield Problem("channel", _("Choose the channel that this store sells on."))
        return
    known = {key for key, _title in connector_of(details.channel).marketplaces}
    if known and details.marketplace not in known:
        yield Problem("marketplace", _("Choose the marketplace that this store sells on."))
    if not known and details.marketplace:
        yield Problem("marketplace", _("This channel has no marketplaces."))


def _address_problems(details: StoreDetails) -> Iterator[Problem]:
    for address in _addresses(details):
        try:
            validate_email(address)
        except ValidationError:
            yield Problem("addresses", _("“%(address)s” is not an e-mail address.") % {"address": address[:200]})


def _addresses(details: StoreDetails) -> Iterable[str]:
    return dict.fromkeys(address.strip().lower() for address in details.addresses if address.strip())


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        sentence = _("Give the brand a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        raise SetupWrong([Problem("name", sentence)])
    return name
