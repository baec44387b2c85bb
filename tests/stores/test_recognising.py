from collections.abc import Sequence

import pytest

from tresen.channels.contract import MailHeaders, StoreView
from tresen.mail.parsed import Address
from tresen.stores.recognising import Doubt, recognise

AMAZON_DE = StoreView(id=1, channel="amazon", marketplace="amazon.de", addresses=("service+de@nordlicht.example",))
AMAZON_IT = StoreView(id=2, channel="amazon", marketplace="amazon.it", addresses=("service+it@nordlicht.example",))
EBAY = StoreView(id=3, channel="ebay", marketplace="ebay.de", addresses=("service@nordlicht.example",))
MAIL = StoreView(id=4, channel="email", marketplace="", addresses=("service@nordlicht.example",))
OTHER_MAIL = StoreView(id=5, channel="email", marketplace="", addresses=("hallo@waldkind.example",))
SHOP = StoreView(id=6, channel="shopify", marketplace="", addresses=("shop@nordlicht.example",))
ALL = (AMAZON_DE, AMAZON_IT, EBAY, MAIL, OTHER_MAIL, SHOP)


def mail(sender: str, *, to: str = "service@nordlicht.example", delivered_to: Sequence[str] = ()) -> MailHeaders:
    return MailHeaders(
        sender=Address(email=sender), to=(Address(email=to),), delivered_to=tuple(delivered_to), subject="Frage"
    )


@pytest.mark.parametrize(
    ("headers", "store"),
    [
        (mail("q7w2@marketplace.amazon.de"), AMAZON_DE),
        (mail("q7w2@marketplace.amazon.it"), AMAZON_IT),
        (mail("abc@members.ebay.de"), EBAY),
        (mail("petra@kundin.example"), MAIL),
        (mail("petra@kundin.example", to="hallo@waldkind.example"), OTHER_MAIL),
        (mail("petra@kundin.example", to="Hallo+Presse@Waldkind.example"), OTHER_MAIL),
        (
            mail("petra@kundin.example", to="undisclosed@list.example", delivered_to=["hallo@waldkind.example"]),
            OTHER_MAIL,
        ),
        (mail("q7w2@marketplace.amazon.de.evil.example"), MAIL),
    ],
)
def test_a_mail_is_given_to_the_store_that_it_was_written_to(headers: MailHeaders, store: StoreView) -> None:
    recognised = recognise(headers, ALL)
    assert (recognised.store, recognised.doubts) == (store, ())
    assert recognised.connector.key == store.channel


def test_where_it_was_delivered_goes_before_what_the_sender_wrote() -> None:
    headers = mail("petra@kundin.example", to="service@nordlicht.example", delivered_to=["hallo@waldkind.example"])
    assert recognise(headers, ALL).store == OTHER_MAIL


def test_two_stores_on_one_marketplace_are_told_apart_by_the_tag() -> None:
    second = StoreView(id=7, channel="amazon", marketplace="amazon.de", addresses=("service+wald@nordlicht.example",))
    headers = mail("q7w2@marketplace.amazon.de", to="service+wald@nordlicht.example")
    assert recognise(headers, (AMAZON_DE, second)).store == second
    unclear = recognise(mail("q7w2@marketplace.amazon.de", to="else@nordlicht.example"), (second, AMAZON_DE))
    assert (unclear.store, unclear.doubts) == (AMAZON_DE, (Doubt.SEVERAL_STORES,))


def test_a_marketplace_without_a_store_here_says_so() -> None:
    headers = mail("q7w2@marketplace.amazon.fr")
    assert recognise(headers, (AMAZON_DE, MAIL)).doubts == (Doubt.NO_STORE_OF_MARKETPLACE,)
    elsewhere = recognise(headers, (EBAY, MAIL))
    assert (elsewhere.store, elsewhere.connector.key) == (MAIL, "amazon")
    assert elsewhere.doubts == (Doubt.NO_STORE_OF_CHANNEL,)


def test_plain_mail_goes_to_an_own_shop_where_no_store_is_for_it() -> None:
    recognised = recognise(mail("petra@kundin.example", to="else@nordlicht.example"), (AMAZON_DE, SHOP))
    assert (recognised.store, recognised.connector.key, recognised.doubts) == (SHOP, "email", ())


def test_a_mailbox_without_stores_recognises_nothing() -> None:
    with pytest.raises(ValueError, match="serves no store"):
        recognise(mail("petra@kundin.example"), ())


def test_a_marketplaces_mail_in_another_mailbox_of_the_brand_belongs_to_the_brands_store_there() -> None:
    german = mail("q7w2@marketplace.amazon.de")
    for served in ((EBAY, MAIL), (AMAZON_IT, MAIL)):
        found = recognise(german, served, siblings=(AMAZON_DE, SHOP))
        assert (found.store, found.connector.key, found.doubts) == (AMAZON_DE, "amazon", ())
    french = recognise(mail("q7w2@marketplace.amazon.fr"), (EBAY, MAIL), siblings=(AMAZON_DE,))
    assert (french.store, french.doubts) == (AMAZON_DE, (Doubt.NO_STORE_OF_MARKETPLACE,))


def test_a_persons_mail_stays_in_the_mailbox_it_came_to() -> None:
    headers = mail("petra@kundin.example", to="hallo@waldkind.example")
    assert recognise(headers, (SHOP,), siblings=(OTHER_MAIL,)).store == SHOP
