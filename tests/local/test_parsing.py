"""`tresen parse` says what a payload means, and keeps nothing of it."""

import re
import shlex
from pathlib import Path

import pytest

from tresen.local.commands import main

PAYLOADS = Path(__file__).parents[1] / "channels"
DOCS = Path(__file__).parents[2] / "docs/channels"


def parse(*arguments: str) -> int:
    return main(["parse", *arguments])


def test_a_platforms_answer_is_told_value_by_value(capsys: pytest.CaptureFixture[str]) -> None:
    file = PAYLOADS / "mirakl/payloads/api/orders/shipped_and_cancelled.json"

    assert parse("--channel", "mirakl", "--about", "orders", "--header", "operator=op.example", str(file)) == 0

    said = capsys.readouterr().out
    for words in ("number: ORD-1-A", "state: delivered", "key: op.example/c-1001", "2 × OrderSnapshot"):
        assert words in said, words
    assert "None" not in said


def test_a_mail_is_known_by_its_ending(capsys: pytest.CaptureFixture[str]) -> None:
    file = PAYLOADS / "ebay/payloads/message_en_plain.eml"

    assert parse("--channel", "ebay", "--marketplace", "ebay.com", str(file)) == 0
    assert "InboundMessage" in capsys.readouterr().out


def test_what_can_not_be_read_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "orders.json"
    file.write_bytes(b"<html>")

    assert parse("--channel", "mirakl", "--about", "orders", str(file)) == 1
    assert "not_as_documented" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [("--channel", "nowhere", "x.json"), ("--channel", "mirakl", "no-such-file.json")]
)
def test_what_can_not_be_tried_is_told_in_a_sentence(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert parse(*arguments) == 2
    assert capsys.readouterr().err.strip()


def test_a_header_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse("--channel", "mirakl", "--header", "operator", "x.json") == 2


SHOPIFYS = PAYLOADS / "shopify/payloads/webhook/orders/updated/part_refunded.json"


def test_the_header_alone_says_that_a_webhook_told_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse("--channel", "shopify", "--header", "X-Shopify-Topic=orders/updated", str(SHOPIFYS)) == 0
    assert "1 × OrderSnapshot" in capsys.readouterr().out


def test_a_notification_that_says_its_topic_needs_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    file = PAYLOADS / "ebay/payloads/webhook/ORDER_CONFIRMATION/paid.json"

    assert parse("--channel", "ebay", str(file)) == 0
    assert "OrderNamed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ((), "Nothing says what this is. Add --about"),
        (("--about", "themes"), "Nothing is known of “themes” here."),
        (("--header", "X-Shopify-Topic=themes/publish"), "Nothing is known of “themes/publish” here."),
    ],
)
def test_what_nobody_recognises_is_told_with_what_to_add(
    more: tuple[str, ...], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parse("--channel", "shopify", *more, str(SHOPIFYS))

    said = capsys.readouterr().err
    assert hint in said
    assert "--source webhook --about orders/create" in said
    assert "docs/channels/shopify.md" in said


PAGES = (
    "amazon",
    "ebay",
    "facebook",
    "instagram",
    "kaufland",
    "mirakl",
    "otto",
    "shopify",
    "sms",
    "tiktok_shop",
    "walmart",
    "whatsapp",
    "woocommerce",
)


def _lines() -> list[str]:
    pages = [DOCS / f"{channel}.md" for channel in PAGES]
    return [
        line.strip() for page in pages for line in page.read_text().splitlines() if line.startswith("tresen parse ")
    ]


@pytest.mark.parametrize("line", _lines())
def test_the_lines_of_the_channels_pages_work_as_they_stand(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(DOCS.parents[1])

    assert main(shlex.split(line)[1:]) == 0
    said = capsys.readouterr()
    understood = said.out.strip().splitlines()[-1]
    assert "Unreadable" not in understood
    assert re.sub(r"\d+ × Ignored", "", understood), "something came of it"
    assert said.err == ""


def test_each_of_these_pages_has_such_lines() -> None:
    assert {line.split("--channel ")[1].split()[0] for line in _lines()} == set(PAGES)
