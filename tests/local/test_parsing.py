"""`tresen parse` says what a payload means, and keeps nothing of it."""

from pathlib import Path

import pytest

from tresen.local.commands import main

PAYLOADS = Path(__file__).parents[1] / "channels"


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
