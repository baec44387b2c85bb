"""Takes in what somebody sends by the public form: rate, pace and size are checked, nothing else is refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from tresen.intake.forms import receive_form
from tresen.intake.limiting import Limit, count_attempt
from tresen.stores.publishing import PublicForm
from tresen.workspace.website.forms import ContactForm
from tresen.workspace.website.tokens import SHORTEST, TokenWrong, read_token

MOST_BYTES = 100_000
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
PER_ADDRESS, PER_SENDER, PER_STORE = 8, 8, 300
_SHARED_BY_ONE_HOUSEHOLD = 64


@dataclass(frozen=True, slots=True)
class Taken:
    """It is kept and will be answered."""


@dataclass(frozen=True, slots=True)
class TooQuick:
    """Sent within seconds: the same form may be sent again at once."""


@dataclass(frozen=True, slots=True)
class TooOld:
    """The page lay open too long or was not ours: a new token is needed."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """Later it may be tried again."""

    after: timedelta


type Outcome = Taken | TooQuick | TooOld | TooMany


def take(form: ContactForm, *, client: str, at: datetime) -> Outcome:
    """Keep a valid form as it came. `client` is the network address it comes from; it is counted, not kept."""
    given, public = form.cleaned_data, form.public
    wait = count_attempt(_limits(public, client, given["email"]), at=at)
    if wait is not None:
        return TooMany(after=wait)
    try:
        token = read_token(given["token"], public.key, at=at)
    except TokenWrong:
        return TooOld()
    if token.age < SHORTEST:
        return TooQuick()
    receive_form(public.store, fields=form.fields_sent(), submission=token.submission, at=at)
    return Taken()


def _limits(public: PublicForm, client: str, email: str) -> list[Limit]:
    return [  # the narrowest first
        Limit(who=f"address:{public.store}:{network_of(client)}", most=PER_ADDRESS, span=QUARTER),
        Limit(who=f"sender:{public.store}:{email.lower()}", most=PER_SENDER, span=HOUR),
        Limit(who=f"store:{public.store}", most=PER_STORE, span=HOUR),
    ]


def network_of(client: str) -> str:
    """What counts as one visitor: an IPv4 address, or the network that a household has of IPv6."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _SHARED_BY_ONE_HOUSEHOLD), strict=False))
    return client
