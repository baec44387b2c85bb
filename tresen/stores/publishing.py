"""The public contact form of a website store: its address, which pages may send it, what the customer agrees to."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store
from tresen.stores.wording import Problem, SetupWrong

LONGEST_CONSENT = 1000
MOST_ORIGINS = 20
_THIS_MACHINE = {"localhost", "127.0.0.1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicForm:
    """A form as its store publishes it. `key` is its public name, `origins` like "https://shop.example".

    It speaks `language`; where `follows_visitor`, the visitor's own as far as we know it.
    """

    store: int
    key: str
    title: str
    language: str
    origins: tuple[str, ...] = ()
    consent: str = ""
    follows_visitor: bool = False


def takes_forms(channel: str) -> bool:
    """Whether a public form writes to this channel's stores."""
    return connector_of(channel).takes_forms


def form_of(store: Store) -> PublicForm | None:
    """The store's form; None while it has none."""
    kept = store.settings.get("form")
    return _form(store, kept) if isinstance(kept, Mapping) else None


def form_by_key(key: str) -> PublicForm | None:
    """The form of this public name; None when there is none, or its store is retired."""
    if not key.isprintable():  # PostgreSQL's JSON knows no NUL
        return None
    store = Store.objects.filter(settings__form__key=key, retired_at=None).select_related("brand").first()
    return form_of(store) if store else None


@transaction.atomic
def publish_form(
    store_id: int, *, origins: Sequence[str], consent: str, by: Actor, at: datetime, follows_visitor: bool = False
) -> PublicForm:
    """Publish the store's form, or change it; its address stays. Raises SetupWrong."""
    store = Store.objects.select_for_update(of=("self",)).select_related("brand").get(pk=store_id)
    before = form_of(store)
    problems = [
        Problem(
            "origins", _("“%(origin)s” is no address of a website. Write it like https://shop.example.") % {"origin": o}
        )
        for o in origins
        if not _is_origin(o)
    ]
    if len(origins) > MOST_ORIGINS:
        problems.append(Problem("origins", _("At most %(most)s websites.") % {"most": MOST_ORIGINS}))
    if len(consent) > LONGEST_CONSENT:
        problems.append(Problem("consent", _("At most %(most)s characters.") % {"most": LONGEST_CONSENT}))
    if problems:
        raise SetupWrong(problems)
    kept = {
        "key": before.key if before else secrets.token_urlsafe(12),
        "origins": [_tidy(origin) for origin in origins],
        "consent": consent.strip(),
        "follows_visitor": follows_visitor,
    }
    if store.settings.get("form") != kept:
        store.settings = {**store.settings, "form": kept}
        store.save(update_fields=["settings"])
        record_change(f"store:{store_id}", "form_changed" if before else "form_published", by=by, at=at)
    return _form(store, kept)


def _form(store: Store, kept: Mapping[str, object]) -> PublicForm:
    origins = kept.get("origins", [])
    return PublicForm(
        store=store.pk,
        key=str(kept["key"]),
        title=store.brand.name,
        language=store.language,
        origins=tuple(origins) if isinstance(origins, list) else (),
        consent=str(kept.get("consent", "")),
        follows_visitor=bool(kept.get("follows_visitor", False)),
    )


def _tidy(origin: str) -> str:
    parts = urlsplit(origin.strip().lower())
    return f"{parts.scheme}://{parts.netloc}"


def _is_origin(origin: str) -> bool:
    try:
        parts = urlsplit(origin.strip())
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
    plain = parts.path in {"", "/"} and not parts.query and not parts.fragment and parts.username is None
    return bool(secure and plain and port_fits and parts.hostname and set(parts.netloc.lower()) <= _HOST_SIGNS)


# Origins end up in headers: nothing that could begin another directive.
_HOST_SIGNS = set("abcdefghijklmnopqrstuvwxyz0123456789.-:")
