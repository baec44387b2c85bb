"""Every sample of WhatsApp's, and every example of its specification, through `parse`."""

import json
from collections import Counter

import pytest

from tests.channels.payloads import RECEIVED, RECORDED
from tests.channels.specifications.documents import PLATFORMS, document
from tests.channels.whatsapp.numbers import DOCUMENT
from tresen.channels.contract import Ignored, RawPayload, Source, Unreadable
from tresen.channels.whatsapp.parsing import parse

pytestmark = pytest.mark.skipif(not PLATFORMS.is_dir(), reason="the platforms' documents are not in a clone")


def of(body: bytes) -> RawPayload:
    return RawPayload(
        number=1,
        source=Source.WEBHOOK,
        body=body,
        received_at=RECEIVED,
        recorded_at=RECORDED,
        about="whatsapp_business_account",
    )


def counted(bodies: list[bytes]) -> Counter[str]:
    found: Counter[str] = Counter()
    for body in bodies:
        for one in parse(of(body)):
            found[one.reason if isinstance(one, Ignored | Unreadable) else type(one).__name__] += 1
    return found


def test_each_sample_of_a_webhook_becomes_what_it_should() -> None:
    samples = sorted((PLATFORMS / "whatsapp/samples").glob("webhook-*.json"))
    assert counted([path.read_bytes() for path in samples]) == {
        "InboundMessage": 12,
        "PlatformNotice": 2,
        "Receipt": 2,
        "account_does_well": 1,
        "change_of_another_kind": 3,
        "customers_account_changed": 1,
        "nobody_named": 1,
    }


def test_each_example_of_the_specification_becomes_what_it_should() -> None:
    told = document(DOCUMENT)["paths"]["/whatsapp/webhooks"]["post"]["requestBody"]["content"]["application/json"]
    examples = [json.dumps(one["value"]).encode() for one in told["examples"].values()]
    assert len(examples) == 16
    assert counted(examples) == {
        "InboundMessage": 11,
        "change_of_another_kind": 3,
        "customers_account_changed": 1,
        "reaction": 1,
    }


def test_other_samples_give_a_reason_never_an_exception() -> None:
    for path in sorted((PLATFORMS / "whatsapp/samples").glob("*.json")):
        assert parse(of(path.read_bytes()))
