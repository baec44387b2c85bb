"""What a platform forbids in words is found where nobody can doubt it, and nothing else is."""

from datetime import UTC, datetime

import pytest

from tresen.channels.rule_files import all_rule_packs, load_rule_packs
from tresen.channels.ways_out import WayOut
from tresen.channels.word_rules import Broken, WordRule, forbidden_in

WALMART = load_rule_packs("walmart").at(datetime(2026, 11, 30, tzinfo=UTC)).words


@pytest.mark.parametrize(
    ("text", "how", "piece"),
    [
        ("Please see https://birkenhof.example.com/lamp.", Broken.LINK, "https://birkenhof.example.com/lamp"),
        ("It is on walmart.com.evil.com/lamp today.", Broken.LINK, "walmart.com.evil.com/lamp"),
        ("Ihr Paket ist unterwegs und kommt morgen an.", Broken.LANGUAGE, ""),
        ("Su pedido está en camino y llega mañana.", Broken.LANGUAGE, ""),
        ("Take 10 % Off Your\n Next Order!", Broken.PHRASE, "off your next order"),
    ],
)
def test_what_walmart_forbids_is_found_with_its_piece(text: str, how: Broken, piece: str) -> None:
    found = forbidden_in(text, WALMART)
    assert found is not None
    assert (found.how, found.piece) == (how, piece)


@pytest.mark.parametrize(
    "text",
    [
        "Your parcel left yesterday by UPS, 1Z999AA10123456784.",
        "Please start the return at https://www.walmart.com/orders.",
        "Danke!",
        "ok",
        "The lamp is called Die Blaue Stunde, and the wiring is sound.",
        "I have taken the charge off your order.",
    ],
)
def test_what_may_be_meant_otherwise_is_left_to_people(text: str) -> None:
    assert forbidden_in(text, WALMART) is None


def test_where_a_platform_has_no_such_rules_everything_may_be_said() -> None:
    assert forbidden_in("Sehen Sie bitte auf https://shop.example.com nach.", ()) is None


def test_the_first_rule_that_is_broken_is_named() -> None:
    mail = WordRule(key="mail", title="No mail", forbids=(WayOut.EMAIL,))
    link = WordRule(key="link", title="No links", forbids=(WayOut.LINK,))
    found = forbidden_in("a@mail.example.com or www.example.com", (link, mail))
    assert found is not None
    assert (found.rule, found.piece) == (link, "www.example.com")


def test_every_rule_about_words_says_where_it_is_written_and_can_be_broken() -> None:
    rules = [rule for packs in all_rule_packs() for edition in packs.editions for rule in edition.words]
    assert rules
    assert all(rule.source and (rule.forbids or rule.language or rule.phrases) for rule in rules)
