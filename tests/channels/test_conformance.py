"""What every connector must do, run over the registry."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.channels.bazaar import CONNECTOR as BAZAAR
from tests.channels.outgoing import TAKEN, KeepingTransport, OpenAccess, read, reply
from tests.channels.payloads import (
    HERE,
    RECEIVED,
    RECORDED,
    at,
    channel_of,
    mail_payload,
    recorded,
    recorded_paths,
    written,
)
from tresen.channels.contract import (
    Automatic,
    Connector,
    Inbound,
    InboundMessage,
    Later,
    RawPayload,
    Refused,
    Sent,
    Source,
    Uncertain,
    Unreadable,
)
from tresen.channels.registry import CONNECTORS, claimed_by, connector_of

RECORDED_PAYLOADS = recorded_paths()
TOLD = [path for path in RECORDED_PAYLOADS if path.suffix == ".json" and {"webhook", "api"} & set(path.parts)]
MAILS = [path for path in RECORDED_PAYLOADS if path.suffix == ".eml"]
KNOWN = tuple(Inbound.__args__)

# One sender for each door a connector has for mail, so that garbage reaches every parser.
SENDERS = (
    "a1b2c3d4@marketplace.amazon.de",
    "donotreply@amazon.com",
    "0123456789abcdef0123@members.ebay.de",
    "ebay@ebay.com",
    "0123456789ABCDEF0123456789ABCDEF@relay.walmart.com",
    "mailer@shopify.com",
    "4f1c9a7be0d2@customer.otto.market",
    "bea@mail.example",
)

# The channel that the page about adding one leads to is held to the same.
EVERY = {connector.key: connector for connector in (*CONNECTORS, BAZAAR)}

every_connector = pytest.mark.parametrize("connector", EVERY.values(), ids=lambda connector: connector.key)
every_payload = pytest.mark.parametrize("path", RECORDED_PAYLOADS, ids=lambda path: f"{channel_of(path)}/{path.stem}")


def payload_of(path: Path) -> RawPayload:
    return recorded(path.relative_to(HERE).as_posix().replace("/payloads/", "/", 1))


def connector_for(path: Path) -> Connector:
    return EVERY[channel_of(path)]


def instants(value: object) -> list[datetime]:
    if isinstance(value, datetime):
        return [value]
    if is_dataclass(value):
        return [found for each in fields(value) for found in instants(getattr(value, each.name))]
    return [found for each in value for found in instants(each)] if isinstance(value, list | tuple) else []


@every_connector
def test_there_are_recorded_payloads(connector: Connector) -> None:
    assert any(channel_of(path) == connector.key for path in RECORDED_PAYLOADS)


@every_payload
def test_a_recorded_payload_is_understood_the_same_way_twice(path: Path) -> None:
    found = connector_for(path).parse(payload_of(path))
    assert found
    assert all(isinstance(each, KNOWN) for each in found)
    assert not any(isinstance(each, Unreadable) for each in found)
    assert list(connector_for(path).parse(payload_of(path))) == list(found)


@every_payload
def test_ids_do_not_change_with_the_time_of_fetching(path: Path) -> None:
    payload = payload_of(path)
    later = at(payload, received_at=RECEIVED + timedelta(days=3), recorded_at=RECORDED + timedelta(days=3))
    for first, second in zip(connector_for(path).parse(payload), connector_for(path).parse(later), strict=True):
        assert getattr(first, "external_id", None) == getattr(second, "external_id", None)
        assert getattr(first, "thread_keys", ()) == getattr(second, "thread_keys", ())


@every_payload
def test_all_times_are_aware_and_nothing_occurs_after_it_was_recorded(path: Path) -> None:
    payload = replace(payload_of(path), received_at=RECORDED + timedelta(days=1))
    for each in connector_for(path).parse(payload):
        assert all(instant.utcoffset() == timedelta(0) for instant in instants(each))
        occurred = getattr(each, "occurred_at", None)
        assert occurred is None or occurred <= payload.recorded_at


@every_payload
def test_thread_keys_and_order_numbers_are_never_empty_and_fit_the_channel(path: Path) -> None:
    for each in connector_for(path).parse(payload_of(path)):
        assert all(key.value for key in getattr(each, "thread_keys", ()))
        assert all(order and len(order) < 50 for order in getattr(each, "order_ids", ()))


@every_connector
@given(body=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=30, deadline=None)
def test_garbage_gives_a_reason_never_an_exception(connector: Connector, body: bytes) -> None:
    for source in Source:
        payload = RawPayload(number=1, source=source, body=body, received_at=RECEIVED, recorded_at=RECORDED)
        assert all(isinstance(each, KNOWN) for each in connector.parse(payload))


def with_one_piece_wrong(told: object) -> Iterator[object]:
    """The same with one value gone, or of another kind, wherever it stands."""
    for wrong in (None, -1, "?", [], {}):
        if type(wrong) is not type(told):
            yield wrong
    if isinstance(told, dict):
        for name, value in told.items():
            yield {key: each for key, each in told.items() if key != name}
            yield from ({**told, name: wrong} for wrong in with_one_piece_wrong(value))
    if isinstance(told, list):
        for index, value in enumerate(told):
            yield from ([*told[:index], wrong, *told[index + 1 :]] for wrong in with_one_piece_wrong(value))


@pytest.mark.parametrize("path", TOLD, ids=lambda path: f"{channel_of(path)}/{path.stem}")
def test_what_a_platform_tells_with_one_piece_wrong_gives_a_reason_never_an_exception(path: Path) -> None:
    payload = payload_of(path)
    for wrong in with_one_piece_wrong(json.loads(payload.body)):
        found = connector_for(path).parse(replace(payload, body=json.dumps(wrong).encode()))
        assert found
        assert all(isinstance(each, KNOWN) for each in found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
FORM_KEYS = st.sampled_from(["id", "from", "name", "email", "subject", "text", "message", "order_ids", "attachments"])


@every_connector
@given(content=st.dictionaries(FORM_KEYS, JSON, max_size=9))
@settings(max_examples=30, deadline=None)
def test_json_of_any_shape_gives_a_reason_never_an_exception(connector: Connector, content: dict[str, object]) -> None:
    body = json.dumps(content).encode()
    payload = RawPayload(number=1, source=Source.FORM, body=body, received_at=RECEIVED, recorded_at=RECORDED)
    assert all(isinstance(each, KNOWN) for each in connector.parse(payload))


FRAGMENTS = st.sampled_from(
    [
        *(
            "------------- Message: -------------",
            "------------- End message -------------",
            "> ",
            "Message:",
            "**Note:",
        ),
        *("<pre style='-o-pre-wrap'>", "</pre>", "<blockquote>", '<div id="UserInputtedText">', "<table><tr><td>ASIN"),
        *("Body:", "Email:", "303-1000001-2000001", "[ASIN: B0BIRCH001]", "New message from:", "\u00e9", "\n", "#1042"),
        *(
            "https://sellercentral.amazon.de/",
            "within 3 days",
            "[#" + "0" * 32 + "#]",
            "<a href='https://[bad'>",
            "$ 1,2",
        ),
        "-----Original Message-----",
    ]
)


@pytest.mark.parametrize("sender", SENDERS)
@given(
    body=st.lists(FRAGMENTS | st.text(max_size=20), max_size=12).map("\n".join),
    subject=st.text(st.characters(codec="ascii", exclude_characters="\r\n"), max_size=60),
    kind=st.sampled_from(["text/plain", "text/html"]),
    stamp=st.sampled_from(["", "BBC_MESSAGE_SENT_TO_MERCHANT", "RETURN_REQUEST", "BUYER_OPTED_OUT_BSM_MESSAGES"]),
)
@settings(max_examples=60, deadline=None)
def test_a_mail_of_any_content_is_never_lost_and_never_an_exception(
    sender: str, body: str, subject: str, kind: str, stamp: str
) -> None:
    headers = {
        "From": f"Name <{sender}>",
        "Subject": subject,
        "Content-Type": f"{kind}; charset=utf-8",
        "X-Space-Notification-Type": stamp,
    }
    payload = mail_payload(written(body.encode("utf-8", "replace").decode(), headers=headers))
    assert payload.mail is not None
    found = connector_of(claimed_by(payload.mail.headers).channel).parse(payload)
    assert found
    assert all(isinstance(each, KNOWN) for each in found)


# What makes a careless pattern slow: runs of what it repeats, and beginnings of what it looks for.
HOSTILE = (
    "-",
    " ",
    "1",
    "\n",
    "> ",
    "--- Message ",
    "303-",
    "[#",
    "abc:\n",
    "a@",
    "$1,",
    "within ",
    "mailto:",
    "November ",
)
HOSTILE_LENGTH = 300_000


@pytest.mark.parametrize("sender", SENDERS)
def test_a_text_of_one_endless_line_is_read_like_any_other(sender: str) -> None:
    subject = "Return authorization notification, claim received on order, item not received request"
    payload = mail_payload(written("x", headers={"From": sender, "Subject": subject}))
    assert payload.mail is not None
    connector = connector_of(claimed_by(payload.mail.headers).channel)
    for piece in HOSTILE:
        text = piece * (HOSTILE_LENGTH // len(piece))
        for html in ("", f'<pre style="-o-pre-wrap">{text}</pre>'):
            found = connector.parse(replace(payload, mail=replace(payload.mail, text=text, html=html)))
            assert found
            assert all(isinstance(each, KNOWN) for each in found)


@every_connector
def test_every_connector_reads_every_mail_without_an_exception(connector: Connector) -> None:
    """A store may be changed to another channel before its raw mails are read again."""
    for path in MAILS:
        assert all(isinstance(each, KNOWN) for each in connector.parse(payload_of(path)))


@every_connector
def test_an_answer_through_a_relay_carries_nothing_of_ours(connector: Connector) -> None:
    if not connector.relay or connector.send is None:
        return
    addresses = [sender for sender in SENDERS if connector_claims(connector, sender)]
    transport = KeepingTransport()
    results = [connector.send(reply(address), OpenAccess(transport)) for address in addresses]
    assert TAKEN in results
    for _, _, raw in transport.taken:
        mail = read(raw)
        assert b"Wo ist mein Paket?" not in raw
        assert not any(name.startswith("x-") for name, _ in mail.headers.everything)
        assert mail.headers.subject == "Re: Lieferung"


def connector_claims(connector: Connector, sender: str) -> bool:
    mail = mail_payload(written("x", headers={"From": sender})).mail
    assert mail is not None
    return claimed_by(mail.headers).channel == connector.key


@every_connector
def test_every_channel_answers_and_hands_on_what_the_mail_server_says(connector: Connector) -> None:
    assert connector.send is not None
    # Where nothing leaves by mail, an answer has no subject.
    if connector.claims or not connector.connection:
        assert connector.reply_subject is not None
        assert connector.reply_subject("Re: Lieferung") == connector.reply_subject("Lieferung") == "Re: Lieferung"
    for answer in (Later(after=timedelta(minutes=1), reason="421"), Refused(reason="550"), Uncertain(reason="gone")):
        transport = KeepingTransport(answer=answer)
        for sender in SENDERS:
            result = connector.send(reply(sender), OpenAccess(transport))
            assert result == answer or isinstance(result, Refused | Sent)
            assert not (isinstance(result, Sent) and transport.taken)


def test_automatic_mail_expects_no_answer_on_any_channel() -> None:
    for sender in SENDERS:
        headers = {"From": sender, "Auto-Submitted": "auto-replied"}
        payload = mail_payload(written("I am away.", headers=headers))
        assert payload.mail is not None
        for each in connector_of(claimed_by(payload.mail.headers).channel).parse(payload):
            if isinstance(each, InboundMessage) and each.automatic is not Automatic.NO:
                assert not each.expects_answer
