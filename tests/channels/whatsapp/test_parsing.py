"""What people write, what became of our messages, and what Meta does to the account."""

import json
from dataclasses import replace

from tests.channels.payloads import recorded
from tresen.channels.contract import (
    IdentityKind,
    InboundMessage,
    NoticeKind,
    PlatformNotice,
    Receipt,
    Stage,
    Unreadable,
)
from tresen.channels.whatsapp.parsing import parse

TOLD = recorded("whatsapp/webhook/whatsapp_business_account/several_changes.json")


def test_each_change_is_understood_on_its_own_and_another_numbers_is_left_alone() -> None:
    assert [type(one).__name__ for one in parse(TOLD)] == [
        *["InboundMessage"] * 3,
        "Ignored",
        *["InboundMessage"] * 2,
        *["Receipt"] * 2,
        "PlatformNotice",
        "Ignored",
    ]


def test_a_person_is_known_by_his_number_as_on_every_channel() -> None:
    message = parse(TOLD)[0]

    assert isinstance(message, InboundMessage)
    assert (message.sender.kind, message.sender.key, message.sender.name) == (
        IdentityKind.PHONE,
        "+4915100000001",
        "Ida Muster",
    )
    assert message.text == "Grüße! Wo ist mein Paket? 📦"


def test_pictures_places_and_orders_become_files_links_and_lines() -> None:
    picture, place, _reaction, order, unknown = parse(TOLD)[1:6]

    assert isinstance(picture, InboundMessage)
    assert isinstance(place, InboundMessage)
    assert isinstance(order, InboundMessage)
    assert isinstance(unknown, InboundMessage)
    assert (picture.text, picture.files[0].reference) == ("So kam es an.", "2700000000001")
    assert (place.text, place.links[0].kind) == ("Filiale", "place")
    assert order.text == "Bitte schnell\n2 × LW-01"
    assert (unknown.problems, unknown.expects_answer) == (("unsupported_there",), True)


def test_what_became_of_our_messages_is_told_with_the_reason() -> None:
    arrived, failed = parse(TOLD)[6:8]

    assert isinstance(arrived, Receipt)
    assert isinstance(failed, Receipt)
    assert (arrived.external_id, arrived.stage) == ("wamid.ours1", Stage.DELIVERED)
    assert (failed.stage, failed.reason) == (Stage.FAILED, "131026 Message undeliverable")


def test_what_threatens_the_account_comes_first() -> None:
    notice = parse(TOLD)[8]

    assert isinstance(notice, PlatformNotice)
    assert notice.kind is NoticeKind.POLICY_WARNING


def test_a_message_that_nobody_understands_hides_no_other() -> None:
    told = json.loads(TOLD.body)
    told["entry"][0]["changes"][0]["value"]["messages"][0]["timestamp"] = "?"
    found = parse(replace(TOLD, body=json.dumps(told).encode()))

    assert isinstance(found[0], Unreadable)
    assert isinstance(found[1], InboundMessage)


def test_another_numbers_message_alone_is_nothing_of_ours() -> None:
    others = [one for one in parse(replace(TOLD, headers={"x-account": "1"})) if isinstance(one, InboundMessage)]
    assert others == []
