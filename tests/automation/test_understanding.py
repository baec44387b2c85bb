from datetime import date
from importlib.resources import files

import pytest
import yaml

from tests.automation.risk_cases import CASES
from tresen.automation import understanding
from tresen.automation.understanding import LONGEST, Risk, risk_in
from tresen.automation.wording import Lowering, Raising, wordings

TABLE = [(language, text, reason) for language, cases in CASES.items() for text, reason in cases.items()]
TIERS = {
    **dict.fromkeys(("injury", "claim_filed", "a_to_z_threat", "claim_threat", "chargeback_threat"), 0),
    **dict.fromkeys(("legal_threat", "authority_complaint", "bad_review_threat"), 0),
    **dict.fromkeys(("third_contact", "vip_escalation"), 1),
    **dict.fromkeys(("thanks", "compliment", "newsletter"), 3),
}


@pytest.mark.parametrize(("language", "text", "reason"), TABLE)
def test_words_say_what_is_at_stake_and_nothing_more(language, text, reason):
    assert risk_in(text, language) == (Risk(TIERS[reason], reason) if reason else None)


@pytest.mark.parametrize(("language", "text", "reason"), [case for case in TABLE if case[2]])
def test_a_text_whose_language_is_unknown_is_read_in_all_of_them(language, text, reason):
    found = risk_in(text, "")
    assert found is not None
    assert found.tier == TIERS[reason]


def test_every_pattern_is_proven_by_a_case():
    unproven = []
    for language, wording in wordings().items():
        texts = [_plain(text) for text, reason in CASES[language].items() if reason]
        every: tuple[Raising | Lowering, ...] = (*wording.raised, *wording.despite, *wording.low)
        for one in every:
            unproven += [
                (language, one.reason, pattern.pattern)
                for pattern in one.words
                if not any(pattern.search(text) and any(hint in text for hint in one.hints) for text in texts)
            ]
    assert unproven == []


def test_the_worst_of_several_things_counts():
    text = "Ich schreibe zum dritten Mal. Sonst hinterlasse ich eine schlechte Bewertung und schalte meinen Anwalt ein."
    assert risk_in(text, "de") == Risk(0, "legal_threat")


def test_words_in_a_language_we_have_none_for_are_read_in_those_we_have():
    assert risk_in("Ik open morgen een chargeback", "nl") == Risk(0, "chargeback_threat")


def test_a_phrase_over_two_lines_of_one_sentence_of_a_signature_says_nothing():
    assert risk_in("Best wishes\nTom\nLegal department\nAction Street 5", "en") is None


def test_umlauts_may_be_spelt_out_and_dashes_be_of_any_kind():
    assert risk_in("Dann nehme ich den Kaeuferschutz in Anspruch", "de") == Risk(0, "chargeback_threat")
    assert risk_in("Ich nutze die A\u2010bis\u2011z\u2011Garantie", "de") == Risk(0, "a_to_z_threat")


def test_a_text_of_megabytes_is_read_at_its_beginning_only():
    assert risk_in("x" * LONGEST + " I will open an A-to-z claim", "en") is None
    assert risk_in("I will open an A-to-z claim " + "x " * 1_000_000, "en") == Risk(0, "a_to_z_threat")


def test_nothing_is_said_by_an_empty_text():
    assert risk_in("", "de") is None


def test_the_words_are_dated():
    checked = yaml.safe_load((files("tresen.automation") / "risk_words.yaml").read_text("utf-8"))["checked"]
    assert checked >= date(2026, 11, 1)


def test_each_language_knows_each_reason():
    for wording in wordings().values():
        every: tuple[Raising | Lowering, ...] = (*wording.raised, *wording.low)
        assert {one.reason for one in every} == set(TIERS)


def _plain(text: str) -> str:
    return " ".join(understanding._plain(text).split())
