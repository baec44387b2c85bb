"""What a channel declares that tells us by itself: how to know that it was the platform, and what it told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField

type SecretOf = Callable[[str], str]
"""The store's sealed credential of this name, opened. Raises LookupError where none is kept."""
type Subscribe = Callable[[StoreAccess, str, str], Stopped | None]
"""`subscribe(access, address, contact)` asks a platform to tell at the address, which carries our secret; whom nobody
answers writes a mail to `contact`. None once it does, also where it did so before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A platform's request as it came: the bytes, never read and written again; `headers` by names in lower case.

    `address` is the whole address that was asked, with its query, for platforms that sign it too.
    """

    body: bytes = field(repr=False)
    headers: Mapping[str, str]
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAnswer:
    """What a platform is told in return."""

    body: bytes = b""
    content_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTold:
    """`about` is the topic; `id` stays when the platform tells the same once more."""

    about: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedKeys:
    """A platform that signs with a key of its own, which it publishes.

    `wanted` is the key's id that a webhook names, empty where it names none. `request` asks the platform for that key
    and `read` takes it from its answer. `is_genuine` then finds it as the secret "published:<id>".
    """

    wanted: Callable[[Webhook], str]
    request: Callable[[str, StoreAccess], HttpRequest]
    read: Callable[[HttpResponse], str | Stopped]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppDoor:
    """One address for all stores that one app of the seller's at the platform serves, on any of its channels.

    `family` stands in the address, beside the app's name: the channels that share one say the same. `app` is the
    setting that names the app, `account` the one that names the store's account there; `holder` names what several
    accounts belong to, where the platform tells some things of that alone. `accounts`: those, of both kinds, that a
    webhook tells of. Each of their stores gets a copy of its own, with its account as the header `ACCOUNT` and what
    holds it as `HOLDER`.
    """

    family: str
    app: str
    account: str
    accounts: Callable[[Webhook], Sequence[str]]
    holder: str = ""


ACCOUNT, HOLDER = "x-account", "x-holder"
"""The headers of ours that say which account's share of a webhook is meant, and what holds that account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDoor:
    """`is_genuine` compares in constant time; `keeps` names the headers that parsing wants to see again.

    `secret` is what the platform signs with, or knows the address by, as it is sealed; `where` says where the platform
    shows or asks for that, and `topics` what it should be told to send, as few as bring every change. `challenge`
    answers a platform that tries the address before it tells: its query, the address, the secrets. `shared`: the
    platform knows one address for all stores of an app. `taken` is the answer to what was kept. `subscribe`: the
    platform is asked by its interface, and knows the store's address by a secret of ours; nobody pastes anything.
    `asked`: the field for the secret, where it has a name of its own; a `readable` one is made up here and entered
    first, and `where` says so. `there`: where the address is entered; `chosen`: so are the topics, which are the
    platform's own words then.
    """

    is_genuine: Callable[[Webhook, SecretOf], bool]
    told: Callable[[Webhook], WebhookTold]
    secret: str
    where: str
    topics: tuple[str, ...]
    keeps: frozenset[str] = frozenset()
    published: PublishedKeys | None = None
    challenge: Callable[[Mapping[str, str], str, SecretOf], WebhookAnswer | None] | None = None
    shared: AppDoor | None = None
    taken: WebhookAnswer = WebhookAnswer()
    subscribe: Subscribe | None = None
    asked: SetupField | None = None
    there: str = ""
    chosen: bool = True
