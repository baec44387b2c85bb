import pytest

from tresen.channels.amazon import addresses
from tresen.channels.contract import IdentityKind
from tresen.mail.parsed import Address, MailHeaders

CASE = "1a2b3c4d-1111-4222-8333-abcdefabcdef"


def headers(sender: str, *, name: str = "", reply_to: str = "", to: str = "", **more: str) -> MailHeaders:
    return MailHeaders(
        sender=Address(email=sender, name=name),
        reply_to=(Address(email=reply_to),) if reply_to else (),
        to=(Address(email=to),) if to else (),
        everything=tuple((key.replace("_", "-"), value) for key, value in more.items()),
    )


@pytest.mark.parametrize(
    ("email", "marketplace"),
    [
        ("abc123@marketplace.amazon.de", "amazon.de"),
        ("abc123@MARKETPLACE.AMAZON.CO.UK", "amazon.co.uk"),
        (f"abc123+{CASE}@marketplace.amazon.com.br", "amazon.com.br"),
        ("abc123@marketplace.amazon.de.evil.example", None),
        ("abc123@notmarketplace.amazon.de", None),
        ("abc123@evil.marketplace.amazon.de", None),
        ("abc123@marketplace.amazon.cn", None),
        ("abc123@amazon.de", None),
        ("marketplace.amazon.de@evil.example", None),
        ("", None),
    ],
)
def test_only_the_exact_relay_host_is_amazons_relay(email: str, marketplace: str | None) -> None:
    assert addresses.relay_marketplace(email) == marketplace


@pytest.mark.parametrize(
    ("email", "buyer"),
    [
        ("abc123@marketplace.amazon.de", True),
        ("donotreply@marketplace.amazon.de", False),
        ("do-not-reply-x@marketplace.amazon.de", False),
        ("no-reply@marketplace.amazon.it", False),
        ("no-reply-amazon-iba-buyer@marketplace.amazon.it", True),
        ("@marketplace.amazon.de", False),
        ("abc123@amazon.de", False),
    ],
)
def test_amazons_own_locals_at_the_relay_are_no_buyers(email: str, buyer: bool) -> None:  # noqa: FBT001
    assert addresses.is_buyer(email) is buyer


def test_business_buyers_share_one_address_and_are_never_merged_on_it() -> None:
    assert addresses.identity_kind("no-reply-amazon-iba-buyer@marketplace.amazon.it") is IdentityKind.SHARED
    assert addresses.identity_kind("abc123@marketplace.amazon.it") is IdentityKind.RELAY


def test_an_answer_goes_to_the_relay_in_reply_to_with_its_plus() -> None:
    found = addresses.buyer_address(
        headers("abc123@marketplace.amazon.de", reply_to=f"abc123+{CASE}@marketplace.amazon.de")
    )
    assert found is not None
    assert found.email == f"abc123+{CASE}@marketplace.amazon.de"


def test_an_answer_goes_to_from_when_reply_to_is_no_relay() -> None:
    found = addresses.buyer_address(headers("abc123@marketplace.amazon.de", reply_to="x@evil.example"))
    assert found is not None
    assert found.email == "abc123@marketplace.amazon.de"


def test_a_buyer_is_the_same_with_and_without_a_case() -> None:
    assert addresses.buyer_key(f"Abc123+{CASE}@Marketplace.Amazon.de") == "abc123@marketplace.amazon.de"
    assert addresses.buyer_key("abc123@marketplace.amazon.de") == "abc123@marketplace.amazon.de"


def test_a_case_is_found_in_from_and_among_the_recipients() -> None:
    assert addresses.case_tags(headers(f"abc123+{CASE}@marketplace.amazon.de")) == (CASE,)
    among = headers("abc123@marketplace.amazon.de", to=f"abc123+{CASE}@marketplace.amazon.de")
    assert addresses.case_tags(among) == (CASE,)


def test_a_tag_of_our_own_address_is_no_case() -> None:
    assert addresses.case_tags(headers("abc123@marketplace.amazon.de", to=f"shop+{CASE}@shop.example")) == ()


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Nora Beispiel - Amazon Marketplace", "Nora Beispiel"),
        ("Nora Beispiel – Amazon Marketplace", "Nora Beispiel"),
        ("Nora Beispiel - amazon.de Marketplace", "Nora Beispiel"),
        ("Nora Beispiel - Marketplace", "Nora Beispiel"),
        ("Nora Beispiel", "Nora Beispiel"),
        ("Ann-Kathrin Marketplace-Fan", "Ann-Kathrin Marketplace-Fan"),
        ("abc123@marketplace.amazon.de", ""),
    ],
)
def test_a_name_loses_amazons_suffix_and_nothing_else(shown: str, name: str) -> None:
    assert addresses.buyer_name(Address(email="abc123@marketplace.amazon.de", name=shown)) == name


@pytest.mark.parametrize(
    ("mail", "marketplace"),
    [
        (headers("donotreply@amazon.com", x_marketplace_id="APJ6JRA9NG5V4"), "amazon.it"),
        (headers("abc123@marketplace.amazon.de", x_marketplace_id="UNKNOWN"), "amazon.de"),
        (headers("order-update@amazon.co.uk"), "amazon.co.uk"),
        (headers("cb-seller-notification@amazon.com", name="Amazon.com"), "amazon.com"),
        (headers("auto-communication@amazon.com", name="Amazon.it"), "amazon.it"),
        (headers("donotreply@amazon.com", name="Amazon Business"), None),
    ],
)
def test_the_marketplace_is_told_by_id_host_or_shown_name(mail: MailHeaders, marketplace: str | None) -> None:
    assert addresses.marketplace_of(mail) == marketplace


def test_notices_from_amazon_com_name_no_marketplace_by_their_host() -> None:
    assert addresses.marketplace_of(headers("donotreply@amazon.com")) is None
