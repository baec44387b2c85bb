"""What leads away from a platform is found, and what only looks like it is not."""

import re

import pytest

from tresen.channels.ways_out import WayOut, found_in

ALL = (WayOut.EMAIL, WayOut.PHONE, WayOut.LINK, WayOut.MARKUP)


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("Schreiben Sie an mika@shop.example.com, bitte.", WayOut.EMAIL, "mika@shop.example.com"),
        ("Rufen Sie an: 030 23125 123", WayOut.PHONE, "030 23125 123"),
        ("Unter +49 (0)30 23125-456 erreichen Sie uns.", WayOut.PHONE, "+49 (0)30 23125-456"),
        ("0049 30 23125456", WayOut.PHONE, "0049 30 23125456"),
        ("mobil 0171/3920000", WayOut.PHONE, "0171/3920000"),
        ("Call (555) 234-0100 now", WayOut.PHONE, "(555) 234-0100"),
        ("Telefon 2312578", WayOut.PHONE, "2312578"),
        ("Ihre Bestellung 12-34567-89012, Tel. 030 23125123", WayOut.PHONE, "030 23125123"),
        ("Chiamateci allo 06 69812345", WayOut.PHONE, "06 69812345"),
        ("See https://shop.example.com/lamp.", WayOut.LINK, "https://shop.example.com/lamp"),
        ("auf www.example.org!", WayOut.LINK, "www.example.org"),
        ("bei lampen-shop.de/angebot", WayOut.LINK, "lampen-shop.de/angebot"),
        ("Das ist <b>wichtig</b>.", WayOut.MARKUP, "<b>"),
    ],
)
def test_what_leads_away_is_found_with_its_piece(text: str, kind: WayOut, piece: str) -> None:
    assert found_in(text, ALL) == (kind, piece)


@pytest.mark.parametrize(
    "text",
    [
        "Bestellung 03-12345-67890 bei eBay",
        "Order 028-1234567-1234567 at Amazon",
        "Order #0123456, line 67075830-A",
        "DHL 00340434161094042557",
        "Sendung 003404344725872273",
        "Sendungsnummer 01234567890123",
        "Your tracking number is 1Z999AA10123456784",
        "Hermes 0123456789",
        "EAN 0190198001234",
        "Artikelnummer 0712 345 678",
        "am 01.12.2026 zwischen 08.00 - 12.00 Uhr",
        "vom 01.12.2026 - 03.12.2026",
        "on 2026-12-01",
        "Es sind 1000000 Stück, für 1.250,00 EUR, in 01067 Dresden.",
        "Das Paket ist unterwegs.Die Lampe folgt. 5 m2 < 6 m2 und 7 > 6",
        "Wir bei ebay.de danken.",
        "https://www.ebay.de/itm/123456789012",
    ],
)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    assert found_in(text, ALL, at_home=re.compile(r"(?:.+\.)?ebay\.(?:de|com|co\.uk)")) is None


def test_only_the_kinds_asked_for_are_looked_for() -> None:
    assert found_in("030 23125123, mika@example.com", (WayOut.LINK, WayOut.MARKUP)) is None
