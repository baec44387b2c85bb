import pytest

from tresen.channels.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wo ist mein Paket?", "de"),
        ("Ware defekt, Geld zurück!", "de"),
        ("Passt der Deckel auch auf den alten Topf?", "de"),
        ("Item nicht angekommen", "de"),
        ("Where is my parcel?", "en"),
        ("Is it dishwasher safe?", "en"),
        ("the item is broken", "en"),
        ("Dove è il mio pacco? Grazie mille", "it"),
        ("La taglia non va bene, come faccio il reso?", "it"),
        ("Bonjour, je n\u2019ai pas reçu mon colis", "fr"),
        ("Je voudrais retourner ma commande", "fr"),
        ("¿Dónde está mi pedido?", "es"),
        ("No me ha llegado el paquete", "es"),
        ("The parcel you sent is broken. " + "Bitte " * 3, "en"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "ok", "Hallo", "301-0000001-0000001", "😀😀😀", "B0EXAMPLE1 x 2"])
def test_what_is_too_short_tells_nothing(text: str) -> None:
    assert not language_of(text)


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert language_of("Wo ist mein Paket? " + " " * 2_000 + "where is my parcel " * 100_000) == "de"
