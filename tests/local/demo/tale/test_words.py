from datetime import UTC, datetime

import pytest

from tests.local.demo.dice import dice_of
from tresen.automation.understanding import risk_in
from tresen.local.demo.tale import words
from tresen.local.demo.tale.data import LANGUAGES, texts
from tresen.local.demo.tale.orders import planned_order
from tresen.local.demo.tale.people import any_buyer
from tresen.local.demo.tale.products import products
from tresen.local.demo.tale.stores import store_plan

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def _about(language: str, store: str = "shop") -> words.About:
    dice = dice_of(5)
    plan = store_plan(store)
    buyer = any_buyer(dice, plan)
    while buyer.language != language:
        buyer = any_buyer(dice, plan)
    order = planned_order(dice, plan, buyer, at=NOW)
    return words.About(buyer=buyer, product=order.product, order=order, at=NOW, agent="Jana")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_the_same_matters_threats_and_follow_ups(language):
    for part in ("intents", "threats", "follow_ups"):
        assert set(texts(language)[part]) == set(texts("de")[part])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_threat_says_what_it_is_filed_under(language):
    filled = words._Filled(dice_of(1), _about(language))
    for kind, lines in texts(language)["threats"].items():
        for line in lines:
            risk = risk_in(filled(line), language)
            assert risk is not None, line
            expected = {"claim_threat", "a_to_z_threat"} if kind == "claim_threat" else {kind}
            assert risk.reason in expected, line


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_questions_threaten_nobody(language):
    about = _about(language)
    dice = dice_of(2)
    for intent in texts(language)["intents"]:
        for _ in range(30):
            risk = risk_in(words.question(dice, intent, about).text, language)
            assert risk is None or risk.tier == 3 or intent == "injury", (intent, risk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_name_the_agent_and_keep_to_what_marketplaces_allow(language):
    about = _about(language)
    for intent in texts(language)["intents"]:
        answer = words.answer(dice_of(3), intent, about)
        assert "Jana" in answer
        assert "@" not in answer
        assert "http" not in answer
        assert len(answer) < 2000


def test_a_string_of_lights_is_not_said_to_have_a_dented_shade():
    about = _about("de")
    lights = next(product for product in products() if product.name == "Perle")
    about = words.About(buyer=about.buyer, product=lights, order=None, at=NOW)
    said = {words.question(dice_of(seed), "damaged", about).text for seed in range(60)}
    assert not any("Schirm" in text or "Ständer" in text for text in said)
