"""Bazaar, a marketplace that does not exist: the channel of `docs/channels/adding-a-channel.md`, whole."""

import hmac
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec

from tresen.channels.answered import answered_at, to_reader, to_sender
from tresen.channels.connections import Connected, Connection, SetupStep
from tresen.channels.contract import Connector, Inbound, InboundMessage, Look, RawPayload, Sender, Sent, Unreadable
from tresen.channels.feeds import Feed, Page, Step, Stopped, Told, Window
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.inbound import Ignored, ReplyBy, ThreadKey, ThreadKeyKind
from tresen.channels.money import minor_units
from tresen.channels.order_news import OrderSnapshot, OrderState
from tresen.channels.outbound import OutboundMessage, Refused, SendResult, StoreAccess
from tresen.channels.rule_files import read_rule_packs
from tresen.channels.senders import IdentityKind
from tresen.channels.setup_fields import SetupField
from tresen.channels.typed_json import instant, read_json
from tresen.channels.webhooks import SecretOf, Webhook, WebhookDoor, WebhookTold
from tresen.timekeeping import wall

RATE, OFTEN = Allowance(name="all", per_second=2, burst=20), timedelta(minutes=3)
FIELDS = (SetupField(name="address", label="Address", kind="url"), SetupField(name="key", label="Key", kind="secret"))


class Listed(msgspec.Struct, frozen=True):
    messages: tuple[dict[str, str], ...] = ()
    orders: tuple[dict[str, str], ...] = ()
    next: str = ""


def ask(access: StoreAccess, path: str, *query: tuple[str, str], verb: str = "GET", body: bytes = b"") -> HttpRequest:
    return HttpRequest(
        method=verb, address=f"{access.setting('address')}/{path}", allowance=RATE, query=query, body=body
    )


def prove(request: HttpRequest, access: StoreAccess, _token: str) -> HttpRequest:
    return replace(request, headers={**request.headers, "authorization": f"Bearer {access.secret('key')}"})


def try_out(access: StoreAccess) -> Connected | Stopped:
    answer = to_reader(access.http.send(ask(access, "account")))
    return answer if isinstance(answer, Stopped) else Connected(account=answer.body.decode())


def read(about: str, access: StoreAccess, window: Window, place: str) -> Step:
    span = (("since", window.since.isoformat()), ("until", window.until.isoformat()), ("after", place))
    answer = to_reader(access.http.send(ask(access, about, *span)))
    if isinstance(answer, Stopped):
        return answer
    return Page(told=(Told(about=about, body=answer.body),), next=read_json(answer.body, Listed).next)


def parse(payload: RawPayload) -> Sequence[Inbound]:
    try:
        told = read_json(payload.body, Listed)
        return (*map(message, told.messages), *map(order, told.orders)) or (Ignored(reason="empty_page"),)
    except (ValueError, LookupError) as wrong:
        return (Unreadable(reason=str(wrong)),)


def message(told: dict[str, str]) -> InboundMessage:
    return InboundMessage(
        external_id=told["id"],
        sender=Sender(kind=IdentityKind.USERNAME, key=told["buyer"]),
        occurred_at=instant(datetime.fromisoformat(told["at"])),
        subject=f"Order {told['order']}",
        text=told["text"],
        full_text=told["text"],
        thread_keys=(ThreadKey(kind=ThreadKeyKind.THREAD, value=told["thread"]),),
        order_ids=(told["order"],),
        reply_by=ReplyBy.THREAD,
    )


def order(told: dict[str, str]) -> OrderSnapshot:
    at, total = instant(datetime.fromisoformat(told["changed_at"])), minor_units(told["total"], told["currency"])
    state, names = OrderState(told["state"]), {"number": told["number"], "currency": told["currency"]}
    return OrderSnapshot(**names, changed_at=at, state=state, total=total, ordered_at=at)


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    if not message.thread:
        return Refused(reason="There is no thread that the answer could go into.")
    words = message.text.encode()
    answer = to_sender(access.http.send(ask(access, f"threads/{message.thread}", verb="POST", body=words)))
    if not isinstance(answer, HttpResponse):
        return answer
    return Sent(external_id=answer.body.decode(), at=answered_at(answer, now=wall.now()))


def is_genuine(webhook: Webhook, secret_of: SecretOf) -> bool:
    right = hmac.digest(secret_of("signing").encode(), webhook.body, sha256).hex()
    return hmac.compare_digest(right.encode(), webhook.headers.get("signature", "").encode())


def told(webhook: Webhook) -> WebhookTold:
    return WebhookTold(about="orders", id=sha256(webhook.body).hexdigest())


CONNECTOR = Connector(
    key="bazaar",
    title="Bazaar",
    look=Look(mark="B", hue=30),
    parse=parse,
    send=send,
    rule_packs=read_rule_packs(Path(__file__).with_name("rules.yaml"), platform="bazaar"),
    connection=Connection(steps=(SetupStep(text="Make a key.", fields=FIELDS),), prove=prove, test=try_out),
    feeds=tuple(Feed(key=it, title=it.title(), read=partial(read, it), every=OFTEN) for it in ("messages", "orders")),
    webhooks=WebhookDoor(is_genuine=is_genuine, told=told, secret="signing", where="Keys", topics=("orders",)),
)
