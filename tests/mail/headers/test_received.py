from datetime import UTC, datetime

import pytest

from tests.mail import hostile
from tresen.mail.headers.lines import read_block
from tresen.mail.headers.received import is_trusted, received_at, receiving_host, suggest_receivers


@pytest.mark.parametrize(
    ("line", "host"),
    [
        ("from a (b [1.2.3.4]) by mx.shop.example (Postfix) with ESMTPS id 4X; Mon, 9 Nov 2026", "mx.shop.example"),
        ("by 2002:a05:6f02:80a:b0:100 with SMTP id x; Mon, 9 Nov 2026", ""),
        ("from a by MX.Shop.Example. with LMTP", "mx.shop.example"),
        ("by mx.shop.example; Mon, 9 Nov 2026", "mx.shop.example"),
        ("from standby.example by mx.shop.example", "mx.shop.example"),
        ("from a with SMTP", ""),
    ],
)
def test_the_receiving_host_is_read_from_the_line(line, host):
    assert receiving_host(line) == host


def test_a_whole_domain_can_be_trusted_and_no_look_alike():
    assert is_trusted("am1.prod.outlook.com", ["*.prod.outlook.com"])
    assert is_trusted("mx.shop.example", [" MX.Shop.Example. "])
    assert not is_trusted("prod.outlook.com.evil.example", ["*.prod.outlook.com"])
    assert not is_trusted("xmx.shop.example", ["mx.shop.example"])
    assert not is_trusted("mx.shop.example", ["", "*", "*."])
    assert not is_trusted("", [""])


def test_lines_below_the_topmost_trusted_one_are_never_reached():
    block = read_block(
        hostile.raw(
            "Received: from inner by store.shop.example; Mon, 9 Nov 2026 12:00:09 +0000",
            "Received: from relay.example by mx.shop.example; Mon, 9 Nov 2026 12:00:05 +0000",
            "Received: from forged by mx.shop.example; Mon, 9 Nov 2020 12:00:00 +0000",
        )
    )
    assert received_at(block, trusted_receivers=["mx.shop.example"]) == datetime(2026, 11, 9, 12, 0, 5, tzinfo=UTC)


def test_a_stamp_that_cannot_be_read_is_none():
    block = read_block(hostile.raw("Received: from a by mx.shop.example; irgendwann"))
    assert received_at(block, trusted_receivers=["mx.shop.example"]) is None


def through(*hosts):
    lines = [f"Received: from x by {host} with ESMTP; Mon, 9 Nov 2026 12:00:00 +0000" for host in hosts]
    return hostile.raw(*lines, "From: a@b.example")


def test_the_host_that_recurs_on_top_is_suggested():
    mails = [through("mx.shop.example", f"out{number}.provider.example") for number in range(10)]
    assert suggest_receivers([*mails, through("old.shop.example"), hostile.plain()]) == ("mx.shop.example",)


def test_a_nameless_first_hop_is_passed_over():
    assert suggest_receivers([through("2002:a05::1", "mx.google.example") for _ in range(5)]) == ("mx.google.example",)


def test_a_provider_with_a_host_for_every_mail_is_suggested_as_a_whole():
    mails = [through(f"am{number}pr01.eurprd01.prod.outlook.example") for number in range(10)]
    assert suggest_receivers(mails) == ("*.prod.outlook.example",)


def test_without_mail_nothing_is_suggested():
    assert suggest_receivers([]) == ()
