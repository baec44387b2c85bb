"""Every sample of Meta's webhooks through `parse`, with what becomes of them."""

from collections import Counter
from pathlib import Path

import pytest

from tests.channels.payloads import RECEIVED, RECORDED
from tests.channels.specifications.documents import PLATFORMS
from tresen.channels.contract import Ignored, RawPayload, Source, Unreadable
from tresen.channels.meta.parsing import parse

SAMPLES = PLATFORMS / "meta/samples"
pytestmark = pytest.mark.skipif(not PLATFORMS.is_dir(), reason="the platforms' documents are not in a clone")


def told(folder: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in sorted((SAMPLES / folder).glob("*.json")):
        for one in parse(of_sample(path)):
            found[one.reason if isinstance(one, Ignored | Unreadable) else type(one).__name__] += 1
    return found


def of_sample(path: Path, *, source: Source = Source.WEBHOOK, about: str = "page") -> RawPayload:
    return RawPayload(
        number=1, source=source, body=path.read_bytes(), received_at=RECEIVED, recorded_at=RECORDED, about=about
    )


def test_each_webhook_of_a_page_becomes_what_it_should() -> None:
    assert told("webhooks-page") == {
        "InboundMessage": 10,
        "OwnAnswer": 2,
        "PlatformNotice": 4,
        "button_without_words": 2,
        "comment_remove": 1,
        "comment_unhide": 1,
        "event_without_words": 6,
        "mention_without_words": 1,
        "not_a_comment": 13,
        "own_comment": 3,
        "review_not_bad": 3,
        "taken_back_by_its_writer": 1,
    }


def test_each_sample_of_instagram_becomes_what_it_should() -> None:
    assert told("instagram") == {
        "InboundMessage": 2,
        "Receipt": 1,
        "change_of_another_kind": 1,
        "not_as_documented": 10,
    }


def test_none_of_them_asked_for_is_an_exception() -> None:
    for path in sorted(SAMPLES.glob("*/*.json")):
        assert parse(of_sample(path, source=Source.API, about="talks"))
