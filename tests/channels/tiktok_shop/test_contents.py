"""What stands in a chat's messages, which is JSON in a text, becomes words, cards and files."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.channels.specifications.documents import document, needs_specifications
from tests.channels.tiktok_shop.described import FACTS
from tresen.channels.cards import Card, CardKind
from tresen.channels.tiktok_shop.contents import TYPES, UNSUPPORTED, Said, said
from tresen.channels.typed_json import NotAsDocumented

ORDER = {"order_id": "576486316948490001"}


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("TEXT", {"content": " Where is it? "}, "Where is it?"),
        ("NOTIFICATION", {"content": "The chat has ended."}, "The chat has ended."),
        ("IMAGE", {"url": "https://p16.ibyteimg.com/1"}, ""),
        ("A_TYPE_OF_TOMORROW", {"content": "Hello"}, "Hello"),
    ],
)
def test_words_are_the_persons_own(kind: str, content: dict[str, str], text: str) -> None:
    assert (said(kind, json.dumps(content), plaintext="Something else").text, said(kind, json.dumps(content)).text) == (
        text,
        text,
    )


@pytest.mark.parametrize(
    ("kind", "content", "card"),
    [
        ("ORDER_CARD", ORDER, Card(kind=CardKind.ORDER, number=ORDER["order_id"])),
        ("BUYER_ENTER_FROM_ORDER", ORDER, Card(kind=CardKind.FROM_ORDER, number=ORDER["order_id"])),
        ("PRODUCT_CARD", {"product_id": "17"}, Card(kind=CardKind.PRODUCT, number="17")),
        ("BUYER_ENTER_FROM_PRODUCT", {"product_id": "17"}, Card(kind=CardKind.FROM_PRODUCT, number="17")),
        (
            "LOGISTICS_CARD",
            {**ORDER, "package_id": "9"},
            Card(kind=CardKind.DELIVERY, number=ORDER["order_id"], part="9"),
        ),
        (
            "RETURN_REFUND_CARD",
            {**ORDER, "sku_id": "3"},
            Card(kind=CardKind.RETURN, number=ORDER["order_id"], part="3"),
        ),
        ("COUPON_CARD", {"coupon_id": "12"}, Card(kind=CardKind.COUPON, number="12")),
        ("ORDER_CARD", {}, Card(kind=CardKind.ORDER)),
    ],
)
def test_a_card_is_what_it_is_of_and_nobodys_words(kind: str, content: dict[str, str], card: Card) -> None:
    told = said(kind, json.dumps(content))
    assert (told.text, told.card, told.problems) == ("", card, ())
    named = said(kind, json.dumps(content), plaintext=" Order card shared: delivered ")
    assert (named.text, named.card) == ("", replace(card, said="Order card shared: delivered"))


def test_a_card_names_its_order_and_its_product() -> None:
    assert said("ORDER_CARD", json.dumps(ORDER)).orders == ("576486316948490001",)
    assert said("PRODUCT_CARD", '{"product_id": "17"}').products == ("17",)


@pytest.mark.parametrize("kind", ["OTHER", "A_TYPE_OF_TOMORROW"])
def test_what_is_not_given_to_programs_is_said_to_be_so_unless_tiktok_shop_says_what_it_is(kind: str) -> None:
    assert said(kind, "{}") == Said(problems=(UNSUPPORTED,))
    assert said(kind, "{}", plaintext="A game") == Said(card=Card(kind=CardKind.OTHER, said="A game"))


@pytest.mark.parametrize(
    ("kind", "content", "name", "size"),
    [
        ("IMAGE", {"url": "https://p16.ibyteimg.com/1", "width": "304", "height": 290}, "image", None),
        ("EMOTICONS", {"url": "https://p16.ibyteimg.com/1"}, "sticker", None),
        ("VIDEO", {"url": "https://v16.tiktokv.com/1", "format": "mp4", "size": 400000}, "video.mp4", 400000),
        ("VIDEO", {"url": "https://v16.tiktokv.com/1", "format": "../x"}, "video", None),
    ],
)
def test_pictures_stickers_and_films_are_files(kind: str, content: object, name: str, size: int | None) -> None:
    (file,) = said(kind, json.dumps(content)).files
    assert (file.name, file.size) == (name, size)
    assert file.reference.startswith("https://")


@pytest.mark.parametrize("content", ["no JSON", "[1]", '{"content": {}}'])
def test_a_content_that_is_none_is_told_so(content: str) -> None:
    with pytest.raises(NotAsDocumented):
        said("TEXT", content)


@given(kind=st.sampled_from(sorted(TYPES)), content=st.text(max_size=40))
def test_whatever_stands_there_is_words_or_a_reason(kind: str, content: str) -> None:
    with suppress(NotAsDocumented):
        assert isinstance(said(kind, content).text, str)


@needs_specifications
def test_all_documented_types_are_known() -> None:
    models = document(FACTS)["models"]
    told = models["GetConversationMessagesResponseDataMessage"]["type"]["values"]
    told += models["NewMessageWebhookData"]["type"]["values"]
    assert set(told) == TYPES
