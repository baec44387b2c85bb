import pytest

from tresen.channels.amazon.subjects import short_subject

ORDER = "301-1000001-2000001"


@pytest.mark.parametrize(
    ("subject", "short"),
    [
        (
            f"Paket nicht angekommen: Gutschrift anfordern(Bestellung: {ORDER})",
            "Paket nicht angekommen: Gutschrift anfordern",
        ),
        (f"Shipping enquiry from Amazon customer Nora Beispiel (Order: {ORDER})", "Shipping enquiry"),
        (f"Spedizione (Ordine: {ORDER})", "Spedizione"),
        ("Anfrage von Amazon-Kunde Nora Beispiel", "Anfrage"),
        ("Product details enquiry from Amazon customer Nora Beispiel", "Product details enquiry"),
        ("Wo ist mein Paket?", "Wo ist mein Paket?"),
        ("", ""),
        (f"(Bestellung: {ORDER})", f"(Bestellung: {ORDER})"),
    ],
)
def test_what_amazon_adds_goes_and_the_topic_stays(subject, short):
    assert short_subject(subject, ORDER) == short


def test_an_order_that_does_not_stand_beside_it_stays():
    subject = f"Lieferung (Bestellung: {ORDER})"
    assert short_subject(subject, "301-9999999-9999999") == subject
    assert short_subject(subject, "") == subject
