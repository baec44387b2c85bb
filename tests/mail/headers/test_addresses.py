import pytest

from tresen.mail.headers.addresses import domain_of, read_addresses
from tresen.mail.parsed import Address


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a@b.example", [("a@b.example", "")]),
        ("Anna <a@b.example>", [("a@b.example", "Anna")]),
        ('"Müller, Anna" <a@b.example>', [("a@b.example", "Müller, Anna")]),
        ("a@b.example (Anna)", [("a@b.example", "Anna")]),
        ("Anna\t <A.B@Shop.EXAMPLE>", [("A.B@shop.example", "Anna")]),
        ("=?utf-8?q?J=C3=B6rg?= <a@b.example>", [("a@b.example", "Jörg")]),
        ("=?utf-8?q?Evil=2C_a=40b=2Eexample?= <c@d.example>", [("c@d.example", "Evil, a@b.example")]),
        ("service@bank.example <evil@x.example>", [("evil@x.example", "service@bank.example")]),
        ('"service@bank.example" <evil@x.example>', [("evil@x.example", "service@bank.example")]),
        (
            "a@b.example, Anna <c@d.example>; e@f.example",
            [("a@b.example", ""), ("c@d.example", "Anna"), ("e@f.example", "")],
        ),
        ("Team: Anna <a@b.example>, c@d.example;", [("a@b.example", "Anna"), ("c@d.example", "")]),
        ("undisclosed-recipients:;", []),
        ("", []),
        ("nobody", []),
        ("<>", []),
        ("<@relay.example:a@b.example>", [("a@b.example", "")]),
        ("eBay - lampfan <00112233@members.ebay.com>", [("00112233@members.ebay.com", "eBay - lampfan")]),
        ("'Anna' <a@b.example>", [("a@b.example", "Anna")]),
        ('"Anna <a@b.example>', [("a@b.example", "Anna")]),
        ("mailto:a@b.example", [("a@b.example", "")]),
        ('"quoted local"@b.example', []),
        ("a@b@c.example", [("a@b@c.example", "")]),
    ],
)
def test_addresses_are_read_as_people_mean_them(value, expected):
    assert [(address.email, address.name) for address in read_addresses(value)] == expected


def test_a_header_of_thousands_is_bounded():
    assert len(read_addresses("a@b.example," * 5000)) == 500


def test_the_domain_is_what_follows_the_last_at():
    assert domain_of("a@b@Shop.Example") == "shop.example"
    assert domain_of("nobody") == ""
    assert Address(email="a@b").name == ""
