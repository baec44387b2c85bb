"""Tokens that open a platform's interface for a while: fetched when they are needed, sealed until they run out."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.channels.connections import Token, TokenDoor
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpClient, HttpResponse, Unanswered, Unreached
from tresen.channels.outbound import StoreAccess
from tresen.stores.telling import secret_name
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import SecretMissing, open_secret, seal

RENEWED_BEFORE = timedelta(minutes=2)
"""A token that runs out sooner is fetched anew: it must last for what it is used for."""
SOON = timedelta(seconds=30)


@dataclass(slots=True, kw_only=True)
class Tokens:
    """The tokens of one store. Without `keeps` none is kept: what was entered is only being tried."""

    store: int
    door: TokenDoor
    http: HttpClient
    clock: Callable[[], datetime]
    keeps: bool = True

    def token_of(self, holder: str, access: StoreAccess, *, renew: bool = False) -> str | Stopped:
        """The holder's token. Raises LookupError where a credential is missing."""
        if self.keeps and not renew and (kept := self._kept(holder)):
            return kept
        found = self._fetched(holder, access)
        if isinstance(found, Stopped):
            return found
        if self.keeps:
            until = self.clock() + found.lasts
            value = json.dumps({"value": found.value, "until": until.isoformat()})
            seal(self._name(holder), value, at=self.clock())
        return found.value

    def _name(self, holder: str) -> str:
        return secret_name(self.store, f"token:{holder}")

    def _kept(self, holder: str) -> str:
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


def forget_tokens(store_id: int) -> None:
    """What was fetched with other credentials says nothing about these."""
    SealedSecret.objects.filter(name__startswith=secret_name(store_id, "token:")).delete()
