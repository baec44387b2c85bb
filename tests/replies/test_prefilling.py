"""What a template clearly asks for is known; what it leaves open is not guessed."""

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store
from tresen.channels.approved_templates import ApprovedTemplate
from tresen.replies.prefilling import Asked, first_name, known_of, prefilled
from tresen.stores.models import Store
from tresen.tickets.models import Conversation, Ticket

KNOWN = {
    Asked.FIRST_NAME: "Ida",
    Asked.FULL_NAME: "Ida Muster",
    Asked.ORDER_NUMBER: "TL-1001",
    Asked.BRAND: "Birkenhof",
}


def asked(text: str, **examples: str) -> dict[str, str]:
    told = tuple((name.removeprefix("_"), example) for name, example in examples.items())
    template = ApprovedTemplate(name="t", language="de", text=text, examples=told)
    return {name: value for name, (_, value) in prefilled(template, KNOWN).items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{first_name}} {{order_number}}", {"first_name": "Ida", "order_number": "TL-1001"}),
        ("{{Kundenname}} {{Bestellnummer}}", {"Kundenname": "Ida", "Bestellnummer": "TL-1001"}),
        ("{{full_name}} {{shop_name}}", {"full_name": "Ida Muster", "shop_name": "Birkenhof"}),
        ("{{delivery_date}} {{tracking}}", {}),
    ],
)
def test_a_variable_says_by_its_name_what_it_is(text: str, found: dict[str, str]) -> None:
    assert asked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hallo {{1}}, Ihre Bestellung {{2}} kommt am {{3}}.", {"1": "Ida", "2": "TL-1001"}),
        ("Good morning {{1}}! Your order number is {{2}}.", {"1": "Ida", "2": "TL-1001"}),
        ("Ciao {{1}}, l'ordine n. {{2}} è partito. {{1}}!", {"1": "Ida", "2": "TL-1001"}),
        ("Your order #{{1}} is on its way.", {"1": "TL-1001"}),
        ("Thank you for your order, {{1}}! Your order of {{2}}.", {}),
        ("Ihr Paket {{1}} kommt am {{2}}.", {}),
    ],
)
def test_one_that_has_only_a_number_says_it_by_the_words_before_it(text: str, found: dict[str, str]) -> None:
    assert asked(text) == found


def test_the_brand_is_known_by_the_example() -> None:
    assert asked("Viele Grüße, {{1}}", _1="birkenhof") == {"1": "Birkenhof"}
    assert asked("Viele Grüße, {{1}}", _1="Petra") == {}


@pytest.mark.parametrize(
    ("text", "example"), [("Hallo {{1}}", "Frau Berger"), ("Hallo {{1}}", "4711"), ("Bestellung {{1}}", "verspätet")]
)
def test_an_example_of_another_kind_outweighs_the_words(text: str, example: str) -> None:
    assert asked(text, _1=example) == {}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ida Muster", "Ida"),
        ("Anne-Marie D’Oro", "Anne-Marie"),
        ("", ""),
        ("+4915100000001", ""),
        ("ida77", ""),
        ("Muster, Ida", ""),
        ("Frau Muster", ""),
    ],
)
def test_a_first_name_is_one_that_can_be_one(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.django_db
class TestKnownOfAConversation:
    @pytest.fixture
    def store(self) -> Store:
        return a_store()

    def known(self, store: Store, *orders: str, name: str = "Ida Muster") -> dict[Asked, str]:
        filed(store, a_message(orders=orders, name=name))
        return {**known_of(Conversation.objects.get(ticket=Ticket.objects.get()))}

    def test_the_person_the_order_and_the_brand(self, store: Store) -> None:
        assert self.known(store, "302-1234567-1234567") == {
            Asked.FIRST_NAME: "Ida",
            Asked.FULL_NAME: "Ida Muster",
            Asked.ORDER_NUMBER: "302-1234567-1234567",
            Asked.BRAND: store.brand.name,
        }

    def test_of_several_orders_none_is_meant(self, store: Store) -> None:
        assert self.known(store, "302-1234567-1234567", "302-1234567-7654321")[Asked.ORDER_NUMBER] == ""

    def test_who_has_no_name_is_called_nothing(self, store: Store) -> None:
        known = self.known(store, name="")
        assert (known[Asked.FIRST_NAME], known[Asked.FULL_NAME], known[Asked.ORDER_NUMBER]) == ("", "", "")
