"""Every sample that the platform's pages give becomes what it should, under its own name and under any other."""

import json
from collections import Counter

import pytest

from tests.channels.specifications.documents import needs_specifications, samples
from tests.factories.sales import AT
from tresen.channels.contract import Inbound, RawPayload, Source, Unreadable
from tresen.channels.tiktok_shop.contents import said
from tresen.channels.tiktok_shop.letting_in import CONNECTION
from tresen.channels.tiktok_shop.parsing import CANCELLATIONS, CONVERSATION, MESSAGES, ORDERS, RETURNS, STOCK, parse
from tresen.channels.tiktok_shop.shapes import Conversations
from tresen.channels.tiktok_shop.signing import told
from tresen.channels.typed_json import read_value
from tresen.channels.webhooks import Webhook

API = samples("tiktok/samples/api")
WEBHOOKS = samples("tiktok/samples/webhooks")
READ = {"OrderSearchOrdersResponse": ORDERS, "ReturnRefundSearchCancellationsResponse": CANCELLATIONS}
"""The answers among them that feeds bring."""


def payload(source: Source, body: bytes, about: str) -> RawPayload:
    headers = {CONVERSATION: "7494560109732334200"}
    return RawPayload(number=1, source=source, body=body, received_at=AT, recorded_at=AT, about=about, headers=headers)


def kinds(found: object) -> Counter[str]:
    assert isinstance(found, tuple)
    return Counter(getattr(one, "reason", "") or type(one).__name__ for one in found)


@needs_specifications
def test_there_are_as_many_samples_as_were_given() -> None:
    assert (len(API), len(WEBHOOKS)) == (51, 7)


@needs_specifications
def test_every_sample_becomes_what_it_should() -> None:
    hooks: Counter[str] = Counter()
    for path in WEBHOOKS:
        webhook = Webhook(body=path.read_bytes(), headers={})
        hooks += kinds(tuple(parse(payload(Source.WEBHOOK, webhook.body, told(webhook).about))))
    assert hooks == {
        "OrderNamed": 4,  # a cancellation, an address, and a parcel of two orders
        "told_by_the_connection": 2,
        "webhook_of_another_topic": 2,
    }
    answers = Counter[str]()
    for path in API:
        if about := READ.get(path.stem):
            answers += kinds(tuple(parse(payload(Source.API, path.read_bytes(), about))))
    assert answers == {"OrderSnapshot": 1, "PlatformNotice": 1}


@needs_specifications
def test_the_sample_of_chats_and_of_what_is_sent_are_read() -> None:
    chats = next(path for path in API if path.stem == "CustomerServiceGetConversationsResponse")
    (chat,) = read_value(json.loads(chats.read_bytes())["data"], Conversations).conversations
    assert (chat.id, chat.can_send_message, chat.latest_message.create_time) == (
        "7494560109732334261",
        True,
        1691411573,
    )
    sent = next(path for path in API if path.stem == "CustomerServiceCreateConversationMessageRequest")
    told_there = json.loads(sent.read_bytes())
    assert said(told_there["type"], told_there["content"]).text == "test"


@pytest.mark.parametrize("path", [*API, *WEBHOOKS], ids=lambda path: path.stem)
def test_none_of_them_under_any_name_is_an_exception(path: object) -> None:
    body = path.read_bytes()  # type: ignore[attr-defined]
    for about in (MESSAGES, ORDERS, RETURNS, CANCELLATIONS, STOCK, "another"):
        found = parse(payload(Source.API, body, about))
        assert found
        assert all(isinstance(one, Inbound) for one in found)  # type: ignore[arg-type]
    hook = parse(payload(Source.WEBHOOK, body, "NEW_MESSAGE"))
    assert all(isinstance(one, Unreadable) for one in hook)
    assert CONNECTION.meant is not None
