"""How a store is let in at its platform's interface: what an administrator does, and what proves whose a request is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.terms import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupStep:
    """One thing to do at the platform: `text` says what to click, `fields` are what comes of it.

    Fields of the kind "secret" are sealed, the others are kept as the store's settings.
    """

    text: str
    fields: tuple[SetupField, ...] = ()
    address: str = ""
    """Where in the web it is done."""
    needs_webhook: bool = False
    """The platform is told there where to tell us: the store's webhook address is shown with it."""
    leads_to_webhooks: bool = False
    """Done on the page of the store's webhooks: a link leads there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A key for a while, as the platform gave it: so long as it `lasts` from now on, or `until` a time that it tells.

    `renewed`: secrets that came with it, each in the place of the old one; `ends`: until when these hold, as told.
    """

    value: str = field(repr=False)
    lasts: timedelta = timedelta(0)
    until: datetime | None = None
    renewed: Mapping[str, str] = field(default_factory=dict, repr=False)
    ends: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenDoor:
    """How a token is had: what to ask, and how to read the answer. `holder` is `HttpRequest.holder`.

    `read` is given answers of every status; what is no token is why not. `renews`: a token comes with new secrets, and
    these may void the old ones at once, so that no two of a store's are ever asked for side by side.
    """

    request: Callable[[StoreAccess, str], HttpRequest]
    read: Callable[[HttpResponse], Token | Stopped]
    renews: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDoor:
    """How a seller agrees by signing in at the platform, instead of pasting what that gives (OAuth's code grant).

    `secret` is the field that is filled by it; `needs` are those that must be there before. `callback` is the address
    of ours that the platform comes back to, for a platform that is told it with each sign-in. `address` is where to
    sign in, with `state` in it; `exchange` asks for the secret in return for the code, and `read` takes it from the
    answer. Both may raise LookupError where a credential is missing.
    """

    title: str
    secret: str
    needs: tuple[str, ...]
    address: Callable[[StoreAccess, str, str], str]
    exchange: Callable[[StoreAccess, str, str], HttpRequest]
    read: Callable[[HttpResponse], str | Stopped]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """The platform knows us. `account`: as whom; `lacks`: what it does not let us do, each in words for people.

    `learned`: what it told of the account, by names of settings; kept with what was entered, until it is told anew.
    """

    account: str = ""
    lacks: tuple[str, ...] = ()
    learned: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """`prove(request, access, token)` gives the request with the headers that prove whose it is.

    `token` is empty without a `TokenDoor`. `test` asks the platform something harmless, with what was entered.
    `allowances` are the titles, by name, of all that requests take from. `says`: the sentences in which the connector
    says what it lacks or why it stopped, with what they name as "%(name)s"; what is not among them, a platform said.
    `meant` gives an answer the status that it means, of a platform that says in its body what others say by HTTP.
    `terms`: which of the credentials end.
    """

    steps: tuple[SetupStep, ...]
    prove: Callable[[HttpRequest, StoreAccess, str], HttpRequest]
    test: Callable[[StoreAccess], Connected | Stopped]
    token: TokenDoor | None = None
    consent: ConsentDoor | None = None
    allowances: Mapping[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    meant: Callable[[HttpResponse], HttpResponse] | None = None
    terms: tuple[Term, ...] = ()

    def fields(self) -> tuple[SetupField, ...]:
        """All that is asked for, in its order."""
        return tuple(asked for step in self.steps for asked in step.fields)
