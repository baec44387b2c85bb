"""Requests that prove whose they are, and what their answers say of the store's connection."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import structlog
from django.db import Error

from tresen.channels.answered import words
from tresen.channels.connections import Connection
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpClient, HttpOutcome, HttpRequest, HttpResponse, Unanswered, Unreached
from tresen.channels.outbound import StoreAccess
from tresen.stores import connection_health
from tresen.stores.tokens import Tokens

log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class ProvingHttp:
    """One store's way to its platform, in its own name. `notes`: the connection's health follows the answers."""

    store: int
    http: HttpClient
    connection: Connection
    access: StoreAccess
    tokens: Tokens | None
    clock: Callable[[], datetime]
    notes: bool = True

    def send(self, request: HttpRequest) -> HttpOutcome:
        """One request; a token that was withdrawn before its time is fetched anew, once, and nothing was taken then."""
        if not request.holder:
            return self.http.send(request)
        try:
            outcome = self._asked(request)
        except LookupError:
            outcome = _not_let_in("Something that was asked for when the store was connected is missing.")
        if self.notes:
            self._note(outcome)
        return outcome

    def _asked(self, request: HttpRequest) -> HttpOutcome:
        outcome = self._proven(request)
        refused = isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.UNAUTHORIZED
        return self._proven(request, renew=True) if refused and self.tokens else outcome

    def _proven(self, request: HttpRequest, *, renew: bool = False) -> HttpOutcome:
        token: str | Stopped = ""
        if self.tokens is not None:
            token = self.tokens.token_of(request.holder, self.access, renew=renew)
        if isinstance(token, Stopped):
            return _not_let_in(token.reason) if token.reconnect else HeldBack(after=token.after, reason=token.reason)
        outcome = self.http.send(self.connection.prove(request, self.access, token))
        meant = self.connection.meant
        return meant(outcome) if meant and isinstance(outcome, HttpResponse) else outcome

    def _note(self, outcome: HttpOutcome) -> None:
        """Keep how the connection does, where that can be kept: what the platform said is worth more."""
        at = self.clock()
        try:
            match outcome:
                case HttpResponse() if outcome.status == HTTPStatus.UNAUTHORIZED:
                    connection_health.failed(self.store, words(outcome), at=at, reconnect=True)
                case HttpResponse() if outcome.status == HTTPStatus.FORBIDDEN:
                    pass  # one thing is not allowed: that is said where it was asked for, and is no word on the rest
                case HttpResponse() if outcome.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    connection_health.failed(self.store, words(outcome), at=at)
                case HttpResponse():
                    connection_health.went_well(self.store, at=at)
                case Unreached() | Unanswered():
                    connection_health.failed(self.store, outcome.reason, at=at)
                case HeldBack():
                    pass
        except Error as trouble:
            log.warning("connection_health_not_kept", store=self.store, trouble=str(trouble))


class NoConnection:
    """Stands for the interface of a store that is not connected to it."""

    def send(self, request: HttpRequest) -> HttpOutcome:
        """Asks nobody."""
        del request
        return _not_let_in("This store is not connected to the platform’s interface.")


def _not_let_in(reason: str) -> HttpResponse:
    """Told as a platform tells it that knows nobody."""
    return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={}, body=reason.encode())
