import pytest

from tresen.channels.amazon.claims import claims
from tresen.mail.parsed import Address, MailHeaders, Verdict


def headers(sender: str, *, verdict: Verdict = Verdict.NONE, reply_to: str = "") -> MailHeaders:
    return MailHeaders(
        sender=Address(email=sender),
        reply_to=(Address(email=reply_to),) if reply_to else (),
        authenticated=verdict,
        everything=(("x-space-notification-type", "A_Z_CLAIM_RESPONDENT_NOTIFY"),),
    )


def test_a_buyers_relay_is_claimed_with_its_marketplace() -> None:
    claim = claims(headers("abc123@marketplace.amazon.fr"))
    assert claim is not None
    assert (claim.marketplace, claim.reason) == ("amazon.fr", "relay")


def test_a_buyers_mail_that_failed_a_check_is_still_amazons_and_carries_the_verdict() -> None:
    assert claims(headers("abc123@marketplace.amazon.fr", verdict=Verdict.FAIL)) is not None


def test_a_notice_that_failed_a_check_is_not_believed() -> None:
    assert claims(headers("donotreply@amazon.com", verdict=Verdict.PASS)) is not None
    assert claims(headers("donotreply@amazon.com", verdict=Verdict.FAIL)) is None


@pytest.mark.parametrize(
    "sender", ["donotreply@amazon.com.evil.example", "amazon@evil.example", "x@marketplace.amazon.de.evil.example"]
)
def test_a_stamp_without_an_amazon_sender_counts_for_nothing(sender: str) -> None:
    assert claims(headers(sender)) is None


def test_a_stranger_who_names_a_relay_in_reply_to_is_not_amazons() -> None:
    assert claims(headers("x@evil.example", reply_to="abc123@marketplace.amazon.de")) is None
