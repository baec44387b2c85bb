from django.utils import translation

from tests.factories.shops import MONDAY
from tresen.channels.rule_files import all_rule_packs
from tresen.channels.surfaces import Surface
from tresen.channels.ways_out import WayOut
from tresen.channels.word_rules import Broken
from tresen.stores.forbidden_words import ONLY_IN, SENTENCES, refusal_of
from tresen.stores.models import Store
from tresen.stores.troubles import in_words

WALMART = Store(channel="walmart", marketplace="walmart.com", name="Birkenhof")


def test_every_way_to_break_a_rule_has_a_sentence() -> None:
    assert {str(one) for one in SENTENCES} == {*map(str, WayOut), "phrase"} == {*map(str, Broken)} - {"language"}
    rules = [rule for packs in all_rule_packs() for edition in packs.editions for rule in edition.words]
    assert {rule.language for rule in rules if rule.language} <= set(ONLY_IN)


def test_the_reason_names_the_piece_and_is_said_in_the_readers_language() -> None:
    refused = refusal_of("See www.birkenhof.example.com please", WALMART, surface=Surface.DIRECT, at=MONDAY)
    assert refused == "Walmart takes no links that lead away from it: “www.birkenhof.example.com”."
    with translation.override("de"):
        assert in_words(refused) == "Walmart nimmt keine Links, die von dort wegführen: „www.birkenhof.example.com“."


def test_another_channel_says_nothing_of_words() -> None:
    mail = Store(channel="email", marketplace="", name="Birkenhof")
    assert refusal_of("Sehen Sie auf www.birkenhof.example.com nach", mail, surface=Surface.DIRECT, at=MONDAY) == ""
