"""What Kaufland pushes: that something changed, and where that is read. Nothing of it is believed.

Kaufland signs what it pushes, and its documentation does not say which address it signs. So it is told an address that
nobody else knows, and a push is a hint alone: it names an order, and the order is read.

Source: sellerapi.kaufland.com/?page=push-notifications, read 2026-11-30.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlsplit

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.inbound import Ignored, Inbound, RawPayload, Unreadable
from tresen.channels.kaufland.asking import Missing, at_storefront, read, request
from tresen.channels.keyed_addresses import KEY, carries, without_key
from tresen.channels.order_news import OrderNamed
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.channels.webhooks import SecretOf, Webhook, WebhookAnswer, WebhookDoor, WebhookTold

PUSH_KEY = "push_key"
NOT_REACHED = "Kaufland could not reach this installation at its address: it must be open to the internet."
NO_SUBSCRIPTIONS = "Something else answers there: check the interface’s address."
ORDER_NEW, UNIT_CHANGED = "order_new", "order_unit_status_changed"
TRIED = "trial_of_the_address"
_PAGE = 30
"""So many subscriptions are listed at once, at most."""
_RESOURCE = re.compile(r"/(orders|order-units)/(\w{1,40})/?")


class _Push(msgspec.Struct, frozen=True):
    event_name: str = ""
    resource: str = ""


class _Subscription(msgspec.Struct, frozen=True):
    id_subscription: int | float
    callback_url: str
    event_name: str
    is_active: bool


class _Subscriptions(msgspec.Struct, frozen=True):
    data: Sequence[_Subscription]


class _Problem(msgspec.Struct, frozen=True):
    type: str = ""


def _is_genuine(webhook: Webhook, secret_of: SecretOf) -> bool:
    """Whether it came to the address that was told to Kaufland alone."""
    return carries(webhook.address, secret_of(PUSH_KEY))


def _told(webhook: Webhook) -> WebhookTold:
    """The event; none where Kaufland only tries the address, in words that are not documented."""
    try:
        about = read_json(webhook.body, _Push).event_name[:80]
    except NotAsDocumented:
        about = ""
    return WebhookTold(about=about, id=sha256(webhook.body).hexdigest())


def _challenged(query: Mapping[str, str], endpoint: str, secret_of: SecretOf) -> WebhookAnswer | None:
    """A new address is tried first; how, is not documented. Who knows its key is answered."""
    return WebhookAnswer() if carries(f"{endpoint}?{KEY}={query.get(KEY, '')}", secret_of(PUSH_KEY)) else None


def parse_push(payload: RawPayload) -> Sequence[Inbound]:
    """The order that a push names, or one of its pieces."""
    if not payload.about:
        return (Ignored(reason=TRIED),)
    if payload.about not in DOOR.topics:
        return (Ignored(reason="webhook_of_another_topic"),)
    try:
        resource = read_json(payload.body, _Push).resource
    except NotAsDocumented as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)
    found = _RESOURCE.search(urlsplit(resource).path)
    if found is None:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=resource[:200]),)
    kind, number = found.groups()
    return (OrderNamed(number=number) if kind == "orders" else OrderNamed(line_id=number),)


def _subscribe(access: StoreAccess, address: str, contact: str) -> Stopped | None:
    """Ask for each event once. What an earlier address of this store's was told is told at this one from now on."""
    known = _subscriptions(access)
    if isinstance(known, Stopped):
        return known
    ours = {one.event_name: one for one in known if without_key(one.callback_url) == without_key(address)}
    for topic in DOOR.topics:
        one = ours.get(topic)
        if one and one.is_active and one.callback_url == address:
            continue
        stopped = _ask(access, topic, address, contact, instead_of=one)
        if stopped:
            return stopped
    return None


def _subscriptions(access: StoreAccess) -> Sequence[_Subscription] | Stopped:
    found: list[_Subscription] = []
    while True:
        query = (*at_storefront(access), ("limit", str(_PAGE)), ("offset", str(len(found))))
        page = read(access, _Subscriptions, "/subscriptions", *query)
        if isinstance(page, Missing):
            return Stopped(reason=NO_SUBSCRIPTIONS)
        if isinstance(page, Stopped):
            return page
        found += page.data
        if len(page.data) < _PAGE:
            return found


def _ask(
    access: StoreAccess, topic: str, address: str, contact: str, *, instead_of: _Subscription | None
) -> Stopped | None:
    wanted = {"callback_url": address, "fallback_email": contact, "event_name": topic}
    if instead_of is None:
        asked = request(access, "POST", "/subscriptions", *at_storefront(access), body=wanted)
    else:
        path = f"/subscriptions/{int(instead_of.id_subscription)}"
        asked = request(access, "PATCH", path, body=wanted | {"is_active": True})
    outcome = access.http.send(asked)
    if isinstance(outcome, HttpResponse) and _was_not_reached(outcome):
        return Stopped(reason=NOT_REACHED)
    answer = to_reader(outcome)
    return answer if isinstance(answer, Stopped) else None


def _was_not_reached(answer: HttpResponse) -> bool:
    if answer.status < HTTPStatus.BAD_REQUEST:
        return False
    try:
        return read_json(answer.body, _Problem).type.endswith("/unverified-callback-url")
    except NotAsDocumented:
        return False


DOOR = WebhookDoor(
    is_genuine=_is_genuine,
    told=_told,
    secret=PUSH_KEY,
    where="",
    topics=(ORDER_NEW, UNIT_CHANGED),
    challenge=_challenged,
    subscribe=_subscribe,
)
