import pytest

from tests.mail import hostile
from tresen.mail.headers.authentication import judge
from tresen.mail.headers.lines import read_block
from tresen.mail.parsed import Verdict

OURS = ["mx.shop.example", "*.prod.outlook.com"]


def verdict(*lines):
    return judge(read_block(hostile.raw(*lines)), trusted_receivers=OURS)


def said(results, *, sender="Anna <anna@a.example>"):
    return verdict(f"From: {sender}", f"Authentication-Results: mx.shop.example; {results}")


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("spf=pass smtp.mailfrom=a.example; dkim=pass header.d=a.example; dmarc=pass", Verdict.PASS),
        ("dkim=pass header.d=a.example", Verdict.PASS),
        ("dkim=pass header.i=@a.example header.s=s1", Verdict.PASS),
        ("spf=pass smtp.mailfrom=anna@a.example", Verdict.PASS),
        ("dkim=pass header.d=list.example; spf=pass smtp.mailfrom=a.example.evil.example", Verdict.NONE),
        ("dkim=pass header.d=example", Verdict.NONE),
        ("dkim=pass", Verdict.NONE),
        ("dmarc=none; spf=fail smtp.mailfrom=list.example; dkim=pass header.d=list.example", Verdict.FAIL),
        ("spf=fail smtp.mailfrom=a.example", Verdict.FAIL),
        ("dkim=fail (bad signature) header.d=a.example", Verdict.FAIL),
        ("spf=pass; dmarc=fail (p=reject)", Verdict.FAIL),
        ("spf=hardfail", Verdict.FAIL),
        ("SPF=FAIL", Verdict.FAIL),
        ("spf=softfail; dkim=none; dmarc=none", Verdict.NONE),
        ("spf=temperror; dkim=neutral", Verdict.NONE),
        ("none", Verdict.NONE),
        ("spf=softfail (reason: spf=fail would be hard)", Verdict.NONE),
        ("xspf=fail", Verdict.NONE),
    ],
)
def test_an_explicit_failure_counts_and_nothing_vague(results, expected):
    assert said(results) is expected


def test_a_forwarded_mail_whose_domain_is_proven_has_not_failed():
    assert said("spf=fail smtp.mailfrom=a.example; dkim=pass; dmarc=pass header.from=a.example") is Verdict.PASS


@pytest.mark.parametrize(
    ("results", "sender"),
    [
        ("spf=fail smtp.mailfrom=anna@a.example; dkim=pass header.d=a.example", "anna@a.example"),
        (
            "spf=fail smtp.mailfrom=a.example; dkim=pass header.d=other.example; dkim=pass header.d=A.example",
            "a@A.Example",
        ),
        ("spf=fail smtp.mailfrom=x@bounces.a.example; dkim=pass header.i=@a.example", "x1@relay.a.example"),
        ("spf=fail smtp.mailfrom=a.example; dkim=pass header.d=a.example; dmarc=none", "anna@a.example"),
        ("spf=pass smtp.mailfrom=a.example; dkim=fail header.d=a.example", "anna@a.example"),
    ],
)
def test_what_the_senders_own_domain_signed_has_not_failed_because_it_was_forwarded(results, sender):
    assert said(results, sender=sender) is Verdict.PASS


@pytest.mark.parametrize(
    ("results", "sender"),
    [
        ("spf=fail; dkim=pass header.d=a.example; dmarc=fail", "anna@a.example"),
        ("spf=fail; dkim=pass header.d=evil.example", "anna@a.example"),
        ("spf=fail; dkim=pass header.d=sub.a.example", "anna@a.example"),
        ("spf=fail; dkim=pass header.d=a.example", "anna@notina.example"),
        ("spf=fail; dkim=pass header.d=a.example", ""),
    ],
)
def test_another_domains_signature_proves_nothing_and_dmarcs_no_stands(results, sender):
    assert said(results, sender=sender) is Verdict.FAIL


@pytest.mark.parametrize(
    "words",
    [
        'smtp.mailfrom="x; dkim=pass header.d=a.example"@evil.example',
        'smtp.mailfrom="x dmarc=pass"@evil.example',
        '(domain of "x) dmarc=pass ("@evil.example does not allow it) smtp.mailfrom=evil.example',
        "(says (so) dmarc=pass) smtp.mailfrom=evil.example",
    ],
)
def test_a_sender_cannot_put_results_into_his_own_address(words):
    assert said(f"spf=fail {words}") is Verdict.FAIL


def test_a_mail_with_two_senders_is_nobodys():
    lines = ("From: anna@a.example", "From: x@evil.example")
    assert verdict(*lines, "Authentication-Results: mx.shop.example; dkim=pass header.d=a.example") is Verdict.NONE


def test_of_several_signatures_one_good_one_is_enough():
    assert said("dkim=fail header.d=list.example; dkim=pass header.d=a.example") is Verdict.PASS


def test_only_our_own_receivers_line_is_read():
    assert verdict("Authentication-Results: mx.evil.example; dmarc=pass") is Verdict.NONE
    assert verdict("Authentication-Results: mx.shop.example.evil.example; dmarc=pass") is Verdict.NONE


def test_the_topmost_line_wins_over_one_that_came_with_the_mail():
    genuine, forged = "mx.shop.example; dmarc=fail", "mx.shop.example; dmarc=pass"
    lines = (f"Authentication-Results: {genuine}", f"Authentication-Results: {forged}")
    assert verdict(*lines) is Verdict.FAIL


def test_a_version_behind_the_name_is_allowed():
    assert verdict("Authentication-Results: mx.shop.example 1; spf=fail") is Verdict.FAIL


OUTLOOK = "Received: from mail.a.example by AM1.eurprd01.prod.outlook.com with HTTPS; Mon, 9 Nov 2026 12:00:00 +0000"
NAMELESS = "Authentication-Results: spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dkim=none; dmarc=fail"


def test_microsofts_nameless_line_counts_where_microsoft_received_it():
    assert verdict(NAMELESS, OUTLOOK) is Verdict.FAIL
    assert verdict(NAMELESS) is Verdict.NONE
    assert verdict(NAMELESS, "Received: from x by mx.shop.example; Mon, 9 Nov 2026 12:00:00 +0000") is Verdict.NONE


def test_without_trusted_receivers_nothing_is_known():
    block = read_block(hostile.raw("Authentication-Results: mx.shop.example; dmarc=fail"))
    assert judge(block, trusted_receivers=[]) is Verdict.NONE
