"""How a store is let in at eBay: an application of the seller's own, and the seller's consent to it.

Sources: developer.ebay.com, "Using OAuth to access eBay APIs" and "OAuth credentials", read 2026-11-30.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import msgspec

from tresen.channels.answered import AFTER_A_FAULT, LATER, to_reader, words
from tresen.channels.connections import Connected, Connection, SetupStep, Token, TokenDoor
from tresen.channels.ebay import proving
from tresen.channels.ebay.interface import asking
from tresen.channels.ebay.interface.consenting import CONSENT, NO_CONSENT, REFRESH_TOKEN, RU_NAME
from tresen.channels.ebay.interface.proof import asked_for_token
from tresen.channels.feeds import Stopped
from tresen.channels.http import APPLICATION, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.terms import Term
from tresen.channels.typed_json import NotAsDocumented, read_json

EMPTY = "eBay gave an empty token."
UNSIGNED = "Refunds cannot be signed: the signing key is incomplete, or no Ed25519 key."
USED_UP = "Today’s calls of %(name)s are used up; they come back at midnight, Pacific time."
NOTHING_SIGNED = "Then eBay takes no refunds, cancellations or decisions about returns from here."
CONSENT_LASTS = timedelta(seconds=47_304_000)
"""Eighteen months from the seller's sign-in, as the answer to the code says; using the token does not put it off."""
KEY_LASTS = timedelta(days=3 * 365)
"""From when the key was made (eBay's Key Management API, "expirationTime")."""
_FOR_ANYBODY = "https://api.ebay.com/oauth/api_scope"


class TokenTold(msgspec.Struct, frozen=True):
    """The token endpoint's answer; `expires_in` is seconds."""

    access_token: str
    expires_in: int


class Account(msgspec.Struct, frozen=True, rename="camel"):
    """Who the seller is. A user name can be changed; the id stays."""

    username: str | None = None
    user_id: str | None = None

    @property
    def names(self) -> str:
        """By which of its names eBay tells of the account elsewhere, it does not say: both, in lower case."""
        return " ".join(name.lower() for name in (self.username, self.user_id) if name)


class Rate(msgspec.Struct, frozen=True):
    """How much of a day's calls is left."""

    remaining: int | None = None


class Resource(msgspec.Struct, frozen=True):
    """One of an interface's resources, with its limits."""

    name: str | None = None
    rates: list[Rate] = []


class RateLimit(msgspec.Struct, frozen=True):
    """The limits of one interface."""

    resources: list[Resource] = []


class RateLimits(msgspec.Struct, frozen=True, rename="camel"):
    """The limits of an application."""

    rate_limits: list[RateLimit] = []


def prove(request: HttpRequest, access: StoreAccess, token: str) -> HttpRequest:
    """The request with its token, signed where a key for that is kept.

    Post-Order has a scheme of its own, and refuses Bearer with 401 "Bad scheme".
    """
    scheme = "IAF" if asking.POST_ORDER in request.address else "Bearer"
    site = asking.marketplace_id(access.marketplace)
    headers = {**request.headers, "authorization": f"{scheme} {token}", "x-ebay-c-marketplace-id": site}
    return proving.signed(replace(request, headers=headers), access)


def token_request(access: StoreAccess, holder: str) -> HttpRequest:
    """Ask for the seller's token, or the application's. Raises LookupError where a credential is missing."""
    if holder == APPLICATION:
        said = {"grant_type": "client_credentials", "scope": _FOR_ANYBODY}
    else:
        # Without a scope the token may do all that the seller consented to.
        said = {"grant_type": "refresh_token", "refresh_token": access.secret("refresh_token").strip()}
    return asked_for_token(access, said)


def read_token(answer: HttpResponse) -> Token | Stopped:
    """The token, or why there is none: a refused credential wants an administrator."""
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Stopped(reason=words(answer), after=LATER)
    if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
        return Stopped(reason=words(answer), after=AFTER_A_FAULT, reconnect=True)
    try:
        told = read_json(answer.body, TokenTold)
    except NotAsDocumented as wrong:
        return Stopped(reason=(asking.UNDOCUMENTED % {"what": wrong})[:300])
    if not told.access_token or told.expires_in <= 0:
        return Stopped(reason=EMPTY)
    return Token(value=told.access_token, lasts=timedelta(seconds=told.expires_in))


def account(access: StoreAccess) -> Account | Stopped:
    """As whom we are known."""
    return asking.read(access, asking.get(access, f"{asking.IDENTITY}/user/"), Account)


def test(access: StoreAccess) -> Connected | Stopped:
    """As whom we are known, and what we may not do: each interface is asked for as little as it can be."""
    known = account(access)
    if isinstance(known, Stopped):
        return known
    lacks = []
    for missing, path, query in _DOORS:
        answer = access.http.send(asking.get(access, path, *query))
        if isinstance(answer, HttpResponse) and answer.status == HTTPStatus.FORBIDDEN:
            lacks.append(missing)
        elif isinstance(stopped := to_reader(answer), Stopped):
            return stopped
    lacks += [*_unsigned(access), *_used_up(access)]
    return Connected(account=known.username or known.user_id or "", lacks=tuple(lacks))


_ONE = ("limit", "1")
_DOORS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Messages cannot be read or sent: the scope commerce.message is missing.",
        f"{asking.MESSAGES}/conversation",
        (("conversation_type", "FROM_MEMBERS"), _ONE),
    ),
    (
        "Orders cannot be read or shipped: the scope sell.fulfillment is missing.",
        f"{asking.ORDERS}/order",
        (_ONE,),
    ),
    (
        "Payment disputes cannot be read: the scope sell.payment.dispute is missing.",
        f"{asking.ORDERS}/payment_dispute_summary",
        (_ONE,),
    ),
    (
        "Stock cannot be read: the scope sell.inventory.readonly is missing.",
        f"{asking.INVENTORY}/inventory_item",
        (_ONE,),
    ),
)


def _unsigned(access: StoreAccess) -> Iterator[str]:
    key, token = proving.secret_of(access, proving.PRIVATE_KEY), proving.secret_of(access, proving.KEY_TOKEN)
    if (key or token) and not (token and proving.key_in(key)):
        yield UNSIGNED


def _used_up(access: StoreAccess) -> Iterator[str]:
    """What of the application's calls of today is used up. Not being told that is no reason to complain."""
    limits = asking.read(access, asking.get(access, f"{asking.LIMITS}/rate_limit/", holder=APPLICATION), RateLimits)
    if isinstance(limits, Stopped):
        return
    for resource in (one for limit in limits.rate_limits for one in limit.resources):
        if any(rate.remaining == 0 for rate in resource.rates):
            yield USED_UP % {"name": resource.name or "?"}


CONNECTION = Connection(
    steps=(
        SetupStep(
            text="Join the eBay Developers Program with the seller’s account, then open Application Keys and create a "
            "Production keyset. eBay first asks about account deletion, and tries the address at once: make up a "
            "verification token and enter it on the page of this store’s webhooks first, then subscribe at eBay with "
            "the address shown here and that token.",
            address="https://developer.ebay.com/my/keys",
            needs_webhook=True,
        ),
        SetupStep(
            text="Copy both from the Production keyset.",
            address="https://developer.ebay.com/my/keys",
            fields=(
                SetupField(name="app_id", label="App ID (Client ID)"),
                SetupField(name="cert_id", label="Cert ID (Client Secret)", kind="secret"),
            ),
        ),
        SetupStep(
            text="Beside the App ID choose User Tokens, then “Get a Token from eBay via Your Application”, and add an "
            "eBay Redirect URL for OAuth: as its accepted and its declined address the one shown here. Enter the "
            "RuName that eBay gives it, and sign in as the seller. Whoever has a refresh token already, pastes it "
            "instead; it lasts 18 months.",
            address="https://developer.ebay.com/my/auth/?env=production&index=0",
            fields=(
                SetupField(name=RU_NAME, label="RuName (eBay Redirect URL name)", required=False),
                SetupField(name=REFRESH_TOKEN, label="Refresh token", kind="secret"),
            ),
        ),
        SetupStep(
            text="Only for sellers in the European Union and the United Kingdom, so that refunds, cancellations and "
            'decisions about returns are taken: with an application token send {"signingKeyCipher": "ED25519"} to '
            "createSigningKey, as the page opened here documents, and copy privateKey and jwe from the answer. EBay "
            "shows the private key only once.",
            address="https://developer.ebay.com/api-docs/developer/key-management/resources/signing_key/methods/"
            "createSigningKey",
            fields=(
                SetupField(name=proving.PRIVATE_KEY, label="Private key (privateKey)", kind="secret", required=False),
                SetupField(name=proving.KEY_TOKEN, label="Key token (jwe)", kind="secret", required=False),
            ),
        ),
        SetupStep(
            text="Leave this empty, unless you try with eBay’s sandbox.",
            fields=(
                SetupField(
                    name="address",
                    label="Address of the interface",
                    kind="url",
                    required=False,
                    help_text="Only where it is not the usual one.",
                ),
            ),
        ),
    ),
    prove=prove,
    test=test,
    token=TokenDoor(request=token_request, read=read_token),
    consent=CONSENT,
    terms=(
        Term(secret=REFRESH_TOKEN, lasts=CONSENT_LASTS),
        Term(secret=proving.PRIVATE_KEY, lasts=KEY_LASTS, then=NOTHING_SIGNED),
    ),
    says=(
        EMPTY,
        NO_CONSENT,
        UNSIGNED,
        USED_UP,
        asking.UNDOCUMENTED,
        asking.NO_KEY,
        asking.ENTRIES_MISSING,
        *(missing for missing, _path, _query in _DOORS),
    ),
    allowances={
        "token": "Tokens",
        "files": "Files",
        "sell/fulfillment": "Orders and payment disputes",
        "commerce/message": "Messages",
        "commerce/identity": "The account",
        "commerce/notification": "Notifications",
        "sell/inventory": "Stock",
        "developer/analytics": "Asking what is left",
        "post-order/v2/return": "Returns",
        "post-order/v2/inquiry": "Requests: item not received",
        "post-order/v2/cancellation": "Cancellations",
        "post-order/v2/casemanagement": "Cases",
    },
)
