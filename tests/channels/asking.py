"""A store's way to its platform in tests: every request is held against the platform's specification.

What answers is either a list of answers, as recorded, or a fake platform. The fakes' answers are held against the
specification too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.channels.outgoing import KeepingTransport
from tests.channels.specifications.interface import Interface
from tresen.channels.connections import Connection, Token
from tresen.channels.contract import MailTransport
from tresen.channels.http import HeldBack, HttpOutcome, HttpRequest, HttpResponse
from tresen.fakes.serving import Fake

TOO_MANY = 429
LONG_ENOUGH = 6
"""A secret as short as a letter stands in every word."""


def address_of(request: HttpRequest) -> str:
    """The address with its query."""
    return f"{request.address}?{urlencode(request.query)}" if request.query else request.address


@dataclass
class CheckedHttp:
    """Asks `answers` in turn, or `fake`, and fails for what the platform's specifications do not know.

    `interfaces`: a request is for the one whose base and paths it fits. None of them, in a user's clone: nothing is
    held against them. `unchecked`: hosts or paths that no specification describes.
    """

    interfaces: Sequence[Interface] = ()
    answers: list[HttpOutcome] = field(default_factory=list)
    fake: Fake | None = None
    below: str = ""
    """The path in addresses that stands for the fake's account."""
    unchecked: tuple[str, ...] = ()
    asked: list[HttpRequest] = field(default_factory=list)

    def send(self, request: HttpRequest) -> HttpOutcome:
        self.asked.append(request)
        interface = self._interface(request)
        if interface is not None:
            wrong = interface.complaints_about_request(
                request.method, address_of(request), request.headers, request.body
            )
            assert wrong == [], wrong
        outcome = self._asked(request) if self.fake else self.answers.pop(0)
        if interface is not None and self.fake and isinstance(outcome, HttpResponse):
            wrong = interface.complaints_about_answer(request.method, address_of(request), outcome.status, outcome.body)
            assert wrong == [], wrong
        return outcome

    def _interface(self, request: HttpRequest) -> Interface | None:
        if not self.interfaces or any(part in request.address for part in self.unchecked):
            return None
        found = [one for one in self.interfaces if one.operation(request.method, request.address)]
        assert found, f"No specification knows {request.method} {request.address}"
        return found[0]

    def _asked(self, request: HttpRequest) -> HttpOutcome:
        assert self.fake is not None
        place = urlsplit(request.address)
        environ = EnvironBuilder(
            path=place.path.removeprefix(self.below),
            base_url=f"{place.scheme}://{place.netloc}{self.below}",
            method=request.method,
            query_string=place.query or urlencode(request.query),
            headers=dict(request.headers),
            data=request.body or None,
        ).get_environ()
        with Request(environ) as asked:
            answer = self.fake.answer(asked)
        if answer.status_code == TOO_MANY:
            return HeldBack(after=timedelta(seconds=1), reason="429")
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return HttpResponse(status=answer.status_code, headers=headers, body=answer.get_data())


@dataclass
class OpenAccess:
    """A store opened for its connector, over this way to its platform."""

    way: CheckedHttp
    connection: Connection | None = None
    marketplace: str = ""
    webhook: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    mail: MailTransport = field(default_factory=KeepingTransport)
    _tokens: dict[str, str] = field(default_factory=dict)

    @property
    def http(self) -> "OpenAccess":
        return self

    def secret(self, name: str) -> str:
        return self.secrets[name]

    def setting(self, name: str) -> str:
        return self.settings.get(name, "")

    def send(self, request: HttpRequest) -> HttpOutcome:
        """Prove whose it is, as the product does; what a request takes of has a title, and no secret in it."""
        if self.connection is not None:
            assert request.allowance.name in self.connection.allowances
            told = [secret for secret in self.secrets.values() if len(secret) >= LONG_ENOUGH]
            assert not any(secret in request.allowance.counted_by for secret in told)
        if not request.holder or self.connection is None:
            return self.way.send(request)
        outcome = self.way.send(self.connection.prove(request, self, self._token(request.holder)))
        meant = self.connection.meant
        return meant(outcome) if meant and isinstance(outcome, HttpResponse) else outcome

    def _token(self, holder: str) -> str:
        assert self.connection is not None
        if self.connection.token is not None and holder not in self._tokens:
            outcome = self.way.send(self.connection.token.request(self, holder))
            assert isinstance(outcome, HttpResponse), outcome
            token = self.connection.token.read(outcome)
            assert isinstance(token, Token), token
            self._tokens[holder] = token.value
        return self._tokens.get(holder, "")
