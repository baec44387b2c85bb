"""What stands in a chat's messages, which is JSON in a text, becomes words and files."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.channels.specifications.documents import document, needs_specifications
from tests.channels.tiktok_shop.described import FACTS
from tresen.channels.tiktok_shop.contents import IN_SELLER_CENTER, TYPES, said
from tresen.channels.typed_json import NotAsDocumented

ORDER = {"order_id": "576486316948490001"}


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("TEXT", {"content": " Where is it? "}, "Where is it?"),
        ("ORDER_CARD", ORDER, "Order: order 576486316948490001"),
        ("BUYER_ENTER_FROM_ORDER", ORDER, "The buyer came from: order 576486316948490001"),
        ("PRODUCT_CARD", {"product_id": "17"}, "Product: product 17"),
        ("BUYER_ENTER_FROM_PRODUCT", {"product_id": "17"}, "The buyer came from: product 17"),
        ("LOGISTICS_CARD", {**ORDER, "package_id": "9"}, "Delivery: order 576486316948490001, parcel 9"),
        ("RETURN_REFUND_CARD", {**ORDER, "sku_id": "3"}, "Return or refund: order 576486316948490001, SKU 3"),
        ("COUPON_CARD", {"coupon_id": "12"}, "Coupon: coupon 12"),
        ("NOTIFICATION", {"content": "The chat has ended."}, "The chat has ended."),
        ("OTHER", {}, IN_SELLER_CENTER),
        ("A_TYPE_OF_TOMORROW", {}, IN_SELLER_CENTER),
        ("IMAGE", {"url": "https://p16.ibyteimg.com/1"}, ""),
    ],
)
def test_each_type_is_told_in_words(kind: str, content: dict[str, str], text: str) -> None:
    assert said(kind, json.dumps(content)).text == text


def test_a_card_names_its_order_and_its_product() -> None:
    assert said("ORDER_CARD", json.dumps(ORDER)).orders == ("576486316948490001",)
    assert said("PRODUCT_CARD", '{"product_id": "17"}').products == ("17",)


def test_the_platforms_own_words_for_a_card_say_more_and_never_replace_a_persons() -> None:
    assert said("ORDER_CARD", json.dumps(ORDER), plaintext="Order card shared: delivered").text.endswith("delivered")
    assert said("TEXT", '{"content": "Hello"}', plaintext="Something else").text == "Hello"


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
