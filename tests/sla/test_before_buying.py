import pytest

from tresen.sla.before_buying import asks_before_buying

ASKING = [
    ("de", "Frage zur Lampe", "Bevor ich die Lampe bestelle, habe ich eine Frage: Ist sie dimmbar?"),
    ("de", "Produktanfrage", "Gibt es die Leuchte auch in Schwarz?"),
    ("de", "Wann wieder lieferbar?", "Die Pendelleuchte wird als ausverkauft angezeigt."),
    ("de", "Maße", "Welchen Durchmesser hat der Schirm, und ist Kauf auf Rechnung möglich?"),
    ("en", "Question", "Is the lamp dimmable, and what size is the shade?"),
    ("en", "Table lamp", "I'm thinking about buying two of these. Are they in stock?"),
    ("it", "Domanda", "Prima di ordinare vorrei sapere quanto è lungo il cavo."),
    ("it", "Quando torna disponibile?", "Per il nostro bar vorremmo sei pezzi."),
    ("", "Frage", "Ist die Lampe dimmbar?"),
    ("de-AT", "Frage", "Passt die Lampe auf eine Fassung E27?"),
]
NOT_ASKING = [
    ("de", "Lampe kaputt", "Die Lampe ist zerbrochen. Gibt es sie auch in Schwarz?"),
    ("de", "Bestellung nicht angekommen", "Wann kommt sie? Ist sie überhaupt auf Lager?"),
    ("de", "Rückgabe", "Ich möchte die Lampe zurückgeben und lieber die größere kaufen."),
    ("de", "Rechnung", "Bitte schicken Sie mir die Rechnung."),
    ("de", "Hallo", "Bitte rufen Sie mich an."),
    ("de", "Gekauft", "Ich habe bei Ihnen eine Lampe gekauft. Ist sie für draußen geeignet?"),
    ("en", "Order not arrived", "Is it still available? I would like to order another one then."),
    ("en", "Broken lamp", "The lamp arrived with a cracked shade."),
    ("en", "Refund", "When do I get my refund?"),
    ("en", "Hello", "Please call me back."),
    ("it", "Ordine", "Ho ordinato una lampada: quando sarà disponibile?"),
    ("it", "Lampada rotta", "La lampada è arrivata rotta."),
    ("it", "Fattura", "Potete inviarmi la fattura?"),
    ("fr", "Question", "Pouvez-vous me rappeler?"),
]


@pytest.mark.parametrize(("language", "subject", "text"), ASKING)
def test_who_wonders_whether_to_buy_asks_before_buying(language, subject, text):
    assert asks_before_buying([f"{subject}. {text}"], language)


@pytest.mark.parametrize(("language", "subject", "text"), NOT_ASKING)
def test_who_says_nothing_of_buying_or_speaks_of_something_bought_does_not(language, subject, text):
    assert not asks_before_buying([f"{subject}. {text}"], language)


def test_what_was_asked_before_buying_ends_when_the_goods_are_there():
    asked, arrived = "Is the lamp dimmable?", "It arrived yesterday and flickers."
    assert asks_before_buying([asked], "en")
    assert not asks_before_buying([asked, arrived], "en")
