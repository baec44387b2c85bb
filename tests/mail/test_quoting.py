import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.mail.quoting import new_words, passages, quoted

HISTORY = "> Guten Tag,\n> es kommt morgen.\n>\n> Nordlicht"

ATTRIBUTIONS = {
    "en": "On Mon, Nov 9, 2026 at 2:03 PM Nordlicht <service@shop.example> wrote:",
    "en wrapped": "On Mon, Nov 9, 2026 at 2:03 PM Nordlicht\n<service@shop.example> wrote:",
    "de": "Am 09.11.2026 um 14:03 schrieb Nordlicht <service@shop.example>:",
    "de wrapped": "Am Mo., 9. Nov. 2026 um 14:03 Uhr schrieb Nordlicht Laden <\nservice@shop.example>:",
    "de reversed": "Nordlicht <service@shop.example> schrieb am Mo., 9. Nov. 2026, 14:03:",
    "it": "Il giorno lun 9 nov 2026 alle ore 14:03 Nordlicht <service@shop.example> ha scritto:",
    "it short": "Il 09/11/2026 14:03, Nordlicht ha scritto:",
    "fr": "Le lun. 9 nov. 2026 à 14:03, Nordlicht <service@shop.example> a écrit :",
    "es": "El lun, 9 nov 2026 a las 14:03, Nordlicht (<service@shop.example>) escribió:",
    "pt": "Em seg., 9 de nov. de 2026 às 14:03, Nordlicht <service@shop.example> escreveu:",
    "nl": "Op ma 9 nov 2026 om 14:03 schreef Nordlicht <service@shop.example>:",
    "sv": "Den mån 9 nov. 2026 kl 14:03 skrev Nordlicht <service@shop.example>:",
    "pl": "pon., 9 lis 2026 o 14:03 Nordlicht <service@shop.example> napisał(a):",
    "ja": "2026年11月9日(月) 14:03 Nordlicht <service@shop.example>のメール:",
}


@pytest.mark.parametrize("language", ATTRIBUTIONS)
@pytest.mark.parametrize("history", [HISTORY, "Guten Tag,\nes kommt morgen.\n\nNordlicht"])
def test_history_below_an_attribution_folds_in_every_language(language, history):
    text = f"Es ist nicht gekommen!\nWas nun?\n\n{ATTRIBUTIONS[language]}\n\n{history}"
    assert new_words(text) == "Es ist nicht gekommen!\nWas nun?"


BLOCKS = {
    "Outlook en": "From: Nordlicht <a@b.example>\nSent: Monday, November 9, 2026 2:03 PM\nTo: Max\nSubject: Re: Paket",
    "Outlook de": "Von: Nordlicht <a@b.example>\nGesendet: Montag, 9. November 2026 14:03\nAn: Max\nBetreff: AW: Paket",
    "Outlook it": "Da: Nordlicht <a@b.example>\nInviato: lunedì 9 novembre 2026 14:03\nA: Max\nOggetto: R: Paket",
    "Outlook fr": "De : Nordlicht <a@b.example>\nEnvoyé : lundi 9 novembre 2026 14:03\nÀ : Max\nObjet : RE: Paket",
    "Outlook es": "De: Nordlicht <a@b.example>\nEnviado: lunes, 9 nov 2026 14:03\nPara: Max\nAsunto: RE: Paket",
    "GMX, its date first": (
        "Gesendet: Montag, 9. November 2026 um 14:03 Uhr\nVon: Nordlicht <a@b.example>\nAn: Max\nBetreff: Paket"
    ),
    "bold": "*From:* Nordlicht\n*Sent:* Monday\n*To:* Max\n*Subject:* Paket",
    "line above": "________________________________\nVon: Nordlicht\nGesendet: Montag\nAn: Max",
    "original en": "-----Original Message-----",
    "original de": "-----Ursprüngliche Nachricht-----",
    "original it": "-----Messaggio originale-----",
    "original, short dashes": "--- Original message ---",
}


@pytest.mark.parametrize("kind", BLOCKS)
def test_history_below_a_block_of_fields_folds_to_the_end(kind):
    text = f"Bitte Ersatz.\n\n{BLOCKS[kind]}\n\nGuten Tag,\nes kommt morgen."
    assert new_words(text) == "Bitte Ersatz."


def test_answers_between_the_quoted_lines_stay():
    text = f"{ATTRIBUTIONS['de']}\n> Ist es da?\nNein.\n> War der Karton heil?\nJa."
    assert new_words(text) == "Nein.\nJa."
    assert [passage.quoted for passage in passages(text)] == [True, False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Am Montag schrieb ich Ihnen:\nes fehlt ein Teil.",
        "Der Verkäufer schrieb mir:\nkommt nie an",
        "Von: mir\nich bin enttäuscht",
        "From: Hamburg\nI need the lamp by Friday",
        "Drei Punkte:\n- kaputt\n- spät\n- falsch",
        "Size: 3 > 2, please",
        "Bestellung vom 9.11.2026 14:03:\nLampe fehlt",
        "Date: 9.11.2026\nTo: you",
    ],
)
def test_a_customers_own_words_never_fold(text):
    assert new_words(text) == text


@pytest.mark.parametrize("text", ["> alles zitiert\n> mehr", BLOCKS["Outlook de"], "", "\n\n"])
def test_where_nothing_new_would_be_left_nothing_folds(text):
    assert all(not passage.quoted for passage in passages(text))


def test_our_quote_holds_the_last_words_only():
    text = f"Danke, wann?\n\n{ATTRIBUTIONS['de']}\n{HISTORY}"
    assert quoted(text, introduction="Sie schrieben:") == "Sie schrieben:\n> Danke, wann?"


LINES = st.lists(
    st.sampled_from(["> x", "", "words", *ATTRIBUTIONS.values(), *BLOCKS.values(), ">", "____", "9:30:"])
    | st.text(max_size=20)
)


@given(LINES.map("\n".join))
def test_passages_joined_are_the_text_again(text):
    assert "\n".join(passage.text for passage in passages(text)) == text


def test_two_megabytes_in_one_line_and_a_million_lines_are_read_too():
    assert new_words("wort " * 400_000) == "wort " * 400_000
    assert new_words("On \n" * 300_000).count("On") == 300_000
