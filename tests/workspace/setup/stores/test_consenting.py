"""Signing in at a platform from the set-up: the fake eBay plays the page where the seller agrees."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.shops import a_store
from tresen.fakes.ebay.consenting import RU_NAME
from tresen.fakes.ebay.platform import APP_ID, CERT_ID, REFRESH_TOKEN, Ebay
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.serving import Account, running
from tresen.fakes.tiktok_shop import APP_KEY, APP_SECRET, CIPHER, SERVICE_ID, SHOP_ID, FakeTikTokShop
from tresen.fakes.world import World
from tresen.intake.models import StoreFeed
from tresen.stores.consenting import LASTS
from tresen.stores.models import Store, StoreConnection, StoreConsent
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import open_secret

pytestmark = pytest.mark.django_db

CALLBACK = "http://testserver" + "/setup/stores/consent/"


@pytest.fixture
def ebay(world: World) -> Ebay:
    ebay = Ebay(world)
    ebay.consenting.accepts[RU_NAME] = CALLBACK
    return ebay


@pytest.fixture
def home(ebay: Ebay, faults: Faults) -> Iterator[str]:
    with running([Account(name="seller", fake=ebay, faults=faults)]) as served:
        yield f"{served}/seller"


@pytest.fixture
def store(db: None) -> Store:
    return a_store("ebay", "ebay.de")


def entered(home: str, **other: str) -> dict[str, str]:
    return {"app_id": APP_ID, "cert_id": CERT_ID, "ru_name": RU_NAME, "address": home, "past": "30", **other}


def at(store: Store) -> str:
    return reverse("setup-store-connection", args=[store.pk])


def sent_to(client: Client, store: Store, home: str) -> str:
    """The address of the platform's page that the form shows."""
    page = client.post(at(store), {**entered(home), "sign-in": "1"}).text
    (address,) = re.findall(rf'href="({re.escape(home)}/oauth2/authorize[^"]*)"', page)
    return unescape(address)


def followed(address: str, link: str = "agree") -> str:
    """The way back that the platform's page offers, without the host."""
    page = httpx.get(address, trust_env=False)
    assert page.status_code == 200, page.text
    back = unescape(re.findall(rf'id="{link}" href="([^"]*)"', page.text)[0])
    assert back.startswith(CALLBACK)
    return back.removeprefix("http://testserver")


def test_a_seller_signs_in_and_the_store_is_connected(by_admin: Client, store: Store, home: str) -> None:
    address = sent_to(by_admin, store, home)
    asked = parse_qs(urlsplit(address).query)
    assert asked["response_type"] == ["code"]
    assert "https://api.ebay.com/oauth/api_scope/commerce.message" in asked["scope"][0].split()
    assert not StoreConnection.objects.exists()
    assert CERT_ID not in str(list(StoreConsent.objects.values()))

    page = by_admin.get(followed(address), follow=True)

    assert "is connected. Its past is being read." in page.text
    assert StoreConnection.objects.get().account == "birkenhof"
    assert StoreConnection.objects.get().settings["ru_name"] == RU_NAME
    assert open_secret(f"store:{store.pk}:refresh_token") == REFRESH_TOKEN
    assert open_secret(f"store:{store.pk}:cert_id") == CERT_ID
    assert StoreFeed.objects.filter(store=store, backwards=True).exists()
    assert not StoreConsent.objects.exists()
    assert not SealedSecret.objects.filter(name__startswith="consent:").exists()


def test_a_word_is_good_once(by_admin: Client, store: Store, home: str) -> None:
    back = followed(sent_to(by_admin, store, home))
    by_admin.get(back)
    SealedSecret.objects.filter(name=f"store:{store.pk}:refresh_token").delete()

    page = by_admin.get(back, follow=True)

    assert "This sign-in was not begun here, was used before or took too long." in page.text
    assert not SealedSecret.objects.filter(name=f"store:{store.pk}:refresh_token").exists()


@pytest.mark.parametrize("state", ["", "forged", "a" * 5000])
def test_a_forged_word_opens_nothing(by_admin: Client, store: Store, home: str, state: str) -> None:
    back = followed(sent_to(by_admin, store, home))
    code = parse_qs(urlsplit(back).query)["code"][0]

    by_admin.get(f"/setup/stores/consent/?{urlencode({'state': state, 'code': code})}")

    assert not StoreConnection.objects.exists()
    assert StoreConsent.objects.exists()


def test_another_agent_or_session_cannot_come_back_with_it(
    by_admin: Client, by_lead: Client, admin: object, store: Store, home: str
) -> None:
    back = followed(sent_to(by_admin, store, home))

    assert by_lead.get(back).status_code == 404
    elsewhere = Client()
    elsewhere.force_login(admin)  # type: ignore[arg-type]
    elsewhere.get(back)
    assert not StoreConnection.objects.exists()

    by_admin.get(back)
    assert StoreConnection.objects.exists(), "nobody else has used it up"


def test_who_takes_too_long_begins_again(by_admin: Client, store: Store, home: str) -> None:
    back = followed(sent_to(by_admin, store, home))
    row = StoreConsent.objects.get()
    row.begun_at -= LASTS
    row.save()

    assert "begin it again" in by_admin.get(back, follow=True).text
    assert not StoreConnection.objects.exists()


def test_a_later_sign_in_makes_the_earlier_one_void(by_admin: Client, store: Store, home: str) -> None:
    earlier = followed(sent_to(by_admin, store, home))
    later = followed(sent_to(by_admin, store, home))

    by_admin.get(earlier)
    assert not StoreConnection.objects.exists()
    by_admin.get(later)
    assert StoreConnection.objects.exists()


def test_who_declines_changes_nothing(by_admin: Client, store: Store, home: str) -> None:
    page = by_admin.get(followed(sent_to(by_admin, store, home), "decline"), follow=True)

    assert "nothing has changed" in page.text
    assert not StoreConnection.objects.exists()


def test_a_code_that_ebay_does_not_take_says_so(by_admin: Client, store: Store, home: str, ebay: Ebay) -> None:
    back = followed(sent_to(by_admin, store, home))

    page = by_admin.get(re.sub("code=[^&]*", "code=another", back), follow=True)

    assert "is connected" not in page.text
    assert not StoreConnection.objects.exists()


def test_what_ebay_gave_is_kept_though_it_then_has_trouble(
    by_admin: Client, store: Store, home: str, faults: Faults
) -> None:
    back = followed(sent_to(by_admin, store, home))
    faults.demand([Fault.NONE, Fault.BROKEN, Fault.BROKEN])

    page = by_admin.get(back, follow=True)

    assert "is connected" in page.text
    assert open_secret(f"store:{store.pk}:refresh_token") == REFRESH_TOKEN


def test_what_is_needed_first_is_asked_for(by_admin: Client, store: Store, home: str) -> None:
    page = by_admin.post(at(store), {**entered(home, ru_name=""), "sign-in": "1"})

    assert page.status_code == 422
    assert "This is missing." in page.text
    assert not StoreConsent.objects.exists()


def test_a_token_can_still_be_pasted(by_admin: Client, store: Store, home: str) -> None:
    by_admin.post(at(store), entered(home, refresh_token=REFRESH_TOKEN, ru_name=""))

    assert StoreConnection.objects.get().account == "birkenhof"


def test_a_connected_store_signs_in_anew_with_what_is_kept(by_admin: Client, store: Store, home: str) -> None:
    by_admin.post(at(store), entered(home, refresh_token=REFRESH_TOKEN))

    page = by_admin.post(at(store), {**entered(home, cert_id=""), "sign-in": "1"}).text
    (address,) = re.findall(r'href="([^"]*/oauth2/authorize[^"]*)"', page)

    assert "is connected" in by_admin.get(followed(unescape(address)), follow=True).text


def test_other_channels_offer_no_sign_in(by_admin: Client) -> None:
    page = by_admin.get(at(a_store("mirakl", "conrad"))).text

    assert 'name="sign-in"' not in page


def test_the_first_step_at_ebay_shows_what_ebay_asks_for(by_admin: Client, store: Store) -> None:
    page = by_admin.get(at(store)).text
    webhook = reverse("webhook", args=[store.pk])

    assert f">http://testserver{webhook}</textarea>" in page
    assert reverse("setup-store-webhooks", args=[store.pk]) in page
    assert page.count("takes only addresses that begin with https://") == 2, "both addresses are ours, and neither is"
    assert "takes only addresses that begin" not in by_admin.get(at(store), secure=True).text


def test_what_signing_in_gives_is_kept_and_what_the_platform_tells_of_the_account_is_learned(
    by_admin: Client, world: World
) -> None:
    fake = FakeTikTokShop(world)
    with running([Account(name="shop", fake=fake)]) as served:
        shop = a_store("tiktok_shop", "tiktok.com/us")
        form = {"app_key": APP_KEY, "app_secret": APP_SECRET, "service_id": SERVICE_ID, "past": "30"}
        addresses = {"address": f"{served}/shop", "token_address": f"{served}/shop"}
        page = by_admin.post(at(shop), {**form, **addresses, "sign-in": "1"}).text
        (address,) = re.findall(r'href="(https://services\.us\.tiktokshop\.com/open/authorize[^"]*)"', page)
        state = parse_qs(urlsplit(unescape(address)).query)["state"][0]

        page = by_admin.get(f"/setup/stores/consent/?{urlencode({'state': state, 'code': 'given'})}", follow=True).text

    assert "is connected. Its past is being read." in page
    connected = StoreConnection.objects.get(store=shop)
    assert connected.account == "Birkenhof US"
    assert (connected.settings["shop_cipher"], connected.settings["shop_id"]) == (CIPHER, SHOP_ID)
    assert open_secret(f"store:{shop.pk}:refresh_token") == f"TTP_invented_refresh_{fake.given}"
