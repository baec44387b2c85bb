"""A seller at a fake TikTok Shop, reached over a way that holds each request against the facts of its interface."""

from collections.abc import Callable

import pytest

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.tiktok_shop.described import BELOW, PRODUCTS, described
from tests.factories.sales import AT
from tresen.channels.http import HttpOutcome
from tresen.channels.tiktok_shop import CONNECTOR
from tresen.fakes.tiktok_shop import APP_KEY, APP_SECRET, CIPHER, REFRESH_TOKEN, SHOP_ID, FakeTikTokShop
from tresen.fakes.world import World

ADDRESS = f"https://tiktok.example{BELOW}"
INTERFACES = described()
NOT_DESCRIBED = (PRODUCTS, "/api/v2/token/", "/images/upload")


@pytest.fixture
def world() -> World:
    return World(clock=lambda: AT)


@pytest.fixture
def fake(world: World) -> FakeTikTokShop:
    return FakeTikTokShop(world)


@pytest.fixture
def access(fake: FakeTikTokShop) -> OpenAccess:
    return opened(CheckedHttp(interfaces=INTERFACES, fake=fake, below=BELOW, unchecked=NOT_DESCRIBED))


@pytest.fixture
def answering() -> Callable[..., OpenAccess]:
    """The seller, where TikTok Shop gives these answers in turn."""

    def answer(*outcomes: HttpOutcome) -> OpenAccess:
        return opened(CheckedHttp(interfaces=INTERFACES, answers=list(outcomes), unchecked=NOT_DESCRIBED))

    return answer


def opened(way: CheckedHttp) -> OpenAccess:
    return OpenAccess(
        way=way,
        connection=CONNECTOR.connection,
        marketplace="tiktok.com/us",
        settings={"address": ADDRESS, "token_address": ADDRESS, "shop_cipher": CIPHER, "shop_id": SHOP_ID},
        secrets={"app_key": APP_KEY, "app_secret": APP_SECRET, "refresh_token": REFRESH_TOKEN},
    )
