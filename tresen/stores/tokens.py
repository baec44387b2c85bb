"""Tokens that open a platform's interface for a while: fetched when they are needed, sealed until they run out."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction

from tresen.channels.connections import Token, TokenDoor
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpClient, HttpResponse, Unanswered, Unreached
from tresen.channels.outbound import StoreAccess
from tresen.stores.telling import secret_name
from tresen.stores.terms.noting import note_ends
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import SecretMissing, open_secret, seal

RENEWED_BEFORE = timedelta(minutes=2)
"""A token that runs out sooner is fetched anew: it must last for what it is used for."""
SOON = timedelta(seconds=30)
_RENEWING = 0x0A08


@dataclass(slots=True, kw_only=True)
class Tokens:
    """The tokens of one store. Without `keeps` none is kept: what was entered is only being tried.

    `take_over` keeps the secrets that come with a token, at a time.
    """

    store: int
    door: TokenDoor
    http: HttpClient
    clock: Callable[[], datetime]
    take_over: Callable[[Mapping[str, str], datetime], None]
    keeps: bool = True
    _tried: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    def token_of(self, holder: str, access: StoreAccess, *, renew: bool = False) -> str | Stopped:
        """The holder's token. Raises LookupError where a credential is missing."""
        kept = self._kept(holder)
        if kept and not renew:
            return kept
        if not self.door.renews:
            return self._new(holder, access)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_RENEWING, self.store])
            meanwhile = self._kept(holder)
            return meanwhile if meanwhile and meanwhile != kept else self._new(holder, access)

    def _new(self, holder: str, access: StoreAccess) -> str | Stopped:
        found = self._fetched(holder, access)
        if isinstance(found, Stopped):
            return found
        self.take_over(found.renewed, self.clock())
        self._tried[holder] = found.value
        if self.keeps:
            until = found.until or self.clock() + found.lasts
            value = json.dumps({"value": found.value, "until": until.isoformat()})
            seal(self._name(holder), value, at=self.clock())
            note_ends(self.store, found.ends, at=self.clock())
        return found.value

    def _name(self, holder: str) -> str:
        return secret_name(self.store, f"token:{holder}")

    def _kept(self, holder: str) -> str:
        """One that is good still; while something is tried, the last one that was fetched for that."""
        if not self.keeps:
            return self._tried.get(holder, "")
        with suppress(SecretMissing):
            kept = json.loads(open_secret(self._name(holder)))
            if datetime.fromisoformat(kept["until"]) - RENEWED_BEFORE > self.clock():
                return str(kept["value"])
        return ""

    def _fetched(self, holder: str, access: StoreAccess) -> Token | Stopped:
        outcome = self.http.send(self.door.request(access, holder))
        match outcome:
            case HttpResponse():
                return self.door.read(outcome)
            case HeldBack():
                return Stopped(reason=outcome.reason, after=outcome.after)
            case Unreached() | Unanswered():
                return Stopped(reason=outcome.reason, after=SOON)


def keep_successor(store_id: int, name: str, value: str, *, of: str, at: datetime) -> None:
    """What the platform gave in the place of a secret that was only tried: whoever typed it has the old one before him.

    It is kept until the store is connected or cut off, or another one is tried.
    """
    seal(_after(store_id, name), json.dumps({"of": sha256(of.encode()).hexdigest(), "value": value}), at=at)


def successor_of(store_id: int, name: str, secret: str) -> str:
    """What took the place of a secret that was tried before; the secret itself where nothing did."""
    with suppress(SecretMissing):
        kept = json.loads(open_secret(_after(store_id, name)))
        if kept["of"] == sha256(secret.encode()).hexdigest():
            return str(kept["value"])
    return secret


def _after(store_id: int, name: str) -> str:
    return secret_name(store_id, f"token:{name}:after")


def forget_tokens(store_id: int) -> None:
    """What was fetched with other credentials says nothing about these."""
    SealedSecret.objects.filter(name__startswith=secret_name(store_id, "token:")).delete()
