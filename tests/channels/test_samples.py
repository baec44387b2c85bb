"""The platforms' sample mails of the workshop, where they lie beside the repository."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.channels.payloads import mail_payload
from tresen.channels.contract import Deadline, DeliveryNotice, InboundMessage, PlatformNotice
from tresen.channels.registry import CONNECTORS, claimed_by
from tresen.mail.mime import parse_mail

FOLDER = Path(__file__).parents[3] / "shared" / "platforms" / "mail-samples"
SAMPLES = sorted(FOLDER.glob("*.eml"))
STARTS = {"when Amazon asks for information": "information_request", "date of the mail": "mail_date"}

pytestmark = pytest.mark.skipif(not SAMPLES, reason=f"no sample mails in {FOLDER}")


def collapsed(text: str | None) -> str:
    return " ".join((text or "").split())


def parsed(path: Path) -> tuple[str, list[Any]]:
    raw = path.read_bytes()
    sent = parse_mail(raw, trusted_receivers=()).headers.claimed_at
    payload = mail_payload(raw, received_at=sent)
    claim = claimed_by(payload.mail.headers)
    connector = next(connector for connector in CONNECTORS if connector.key == claim.channel)
    return connector.key, list(connector.parse(payload))


def expected_deadline(stated: dict[str, Any] | None) -> Deadline | None:
    if stated is None:
        return None
    return Deadline(
        stated=stated["stated"],
        conditional=stated["conditional"],
        at=datetime.fromisoformat(stated["at"]) if "at" in stated else None,
        on=datetime.fromisoformat(stated["date"]).date() if "date" in stated else None,
        amount=stated["amount"],
        unit=stated["unit"],
        starts=STARTS.get(stated["starts"]),
    )


def as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_its_description_says(path: Path) -> None:
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    channel, found = parsed(path)
    read = found[0]
    assert isinstance(read, InboundMessage if wanted["kind"] == "buyer_message" else PlatformNotice)
    assert (read.marketplace or channel) == wanted["marketplace"]
    assert list(read.order_ids) == wanted["order_ids"]
    assert list(read.item_ids) == wanted["item_ids"]
    assert [{"type": link.kind, "url": link.url} for link in read.links] == wanted["links"]
    assert read.deadline == expected_deadline(wanted["deadline"])
    assert dict(read.extra) == {name: as_text(value) for name, value in wanted["extra"].items() if name != "trap"}
    assert read.problems == ()
    if isinstance(read, PlatformNotice):
        assert read.kind == wanted["notice_kind"]
        assert read.buyer_name == (wanted["buyer_name"] or "")
        return
    assert collapsed(read.text) == collapsed(wanted["buyer_text"])
    assert read.sender.name == wanted["buyer_name"]
    assert read.sender.reply_to == wanted["reply_address"]
    assert read.reply_by == wanted["reply_by"]
    assert [file.name for file in read.attachments] == wanted["attachments"]
    assert read.expects_answer


def test_an_opt_out_also_takes_the_answer_back() -> None:
    path = next(path for path in SAMPLES if "opted-out" in path.name)
    _, (notice, failure) = parsed(path)
    assert isinstance(failure, DeliveryNotice)
    assert failure.recipient == notice.extra["failed_recipient"]
    assert failure.order_ids == notice.order_ids
    assert failure.permanent
