import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import a_store, a_team
from tresen.stores.connectors import connectors
from tresen.stores.models import Brand, Store
from tresen.stores.publishing import form_of

pytestmark = pytest.mark.django_db

AMAZON = {
    "name": "Amazon Deutschland",
    "new_brand": "Leuchtwerk",
    "language": "de",
    "marketplace": "amazon.de",
    "sender": "Service@Leuchtwerk.example",
    "addresses": "amazon@leuchtwerk.example, de@leuchtwerk.example",
}


def add(client, channel, **fields):
    return client.post(reverse("setup-store-add", args=[channel]), fields)


def test_every_channel_is_offered_and_asks_for_what_it_needs(by_admin, settings):
    settings.DEMO = True
    a_team()
    page = by_admin.get(reverse("setup-store-new")).text
    for connector in connectors():
        assert connector.title in page
        assert by_admin.get(reverse("setup-store-add", args=[connector.key])).status_code == 200
    assert by_admin.get(reverse("setup-store-add", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("connector", [one for one in connectors() if not one.for_trying], ids=lambda one: one.key)
def test_a_store_of_each_channel_is_added_with_what_its_form_asks_for(by_admin, connector):
    usual = {"marketplace": connector.marketplaces[0][0] if connector.marketplaces else "", "sender": "s@shop.example"}
    given = {asked.name: usual[asked.name] for asked in connector.setup_fields if asked.required}
    fields = {"name": "Lampen", "new_brand": "L", "language": "de", "default_team": a_team().pk, **given}

    answer = add(by_admin, connector.key, **fields)

    assert answer.status_code == 302, answer.text
    store = Store.objects.get()
    assert (store.channel, store.marketplace) == (connector.key, usual["marketplace"])


def test_each_channel_says_how_it_works(by_admin, settings):
    a_team()
    page = by_admin.get(reverse("setup-store-new")).text
    for key, words in {
        "amazon": "through the platform’s mail relay and its interface",
        "mirakl": "through the platform’s interface",
        "shopify": "by mail, straight to the customer; orders through the platform’s interface",
        "email": "by mail, straight to the customer",
    }.items():
        said = (
            page.partition(reverse("setup-store-add", args=[key]))[2].partition("<small>")[2].partition("</small>")[0]
        )
        assert said == words, key


def test_a_team_and_a_site_are_chosen_where_there_are_several(by_admin, admin):
    team, other = a_team(), a_team()
    asked = reverse("setup-store-add", args=["ebay"])
    page = by_admin.get(asked).text
    assert page.count('<option value="" selected>choose …</option>') == 2, "nothing is known of this seller"
    fields = {"name": "Lampen", "new_brand": "L", "language": "de", "sender": "s@leuchtwerk.example"}
    answer = add(by_admin, "ebay", **fields)
    assert answer.status_code == 422
    assert 'id="id_default_team_error"' in answer.text
    assert 'id="id_marketplace_error"' in answer.text

    a_store("amazon", "amazon.it", team=team)
    page = by_admin.get(asked).text
    assert '<option value="ebay.it" selected>' in page, "as where one sells already"
    assert '<option value="it" selected>' in page
    Store.objects.all().delete()
    admin.language = "de"
    admin.save()
    page = by_admin.get(asked).text
    assert '<option value="ebay.de" selected>' in page
    assert "eBay-Marktplatz" in page
    assert other.name in page


def test_what_reaches_nobody_is_offered_in_the_demo_only(by_admin, settings):
    a_team()
    for settings.DEMO, status in ((False, 404), (True, 200)):
        offered = reverse("setup-store-add", args=["console"]) in by_admin.get(reverse("setup-store-new")).text
        assert offered is settings.DEMO
        assert by_admin.get(reverse("setup-store-add", args=["console"])).status_code == status


def test_without_a_team_the_first_step_is_one(by_admin):
    assert reverse("setup-team-new") in by_admin.get(reverse("setup-store-new")).text


def test_a_new_store_brings_its_brand_and_only_watches(by_admin):
    team = a_team()
    answer = add(by_admin, "amazon", default_team=team.pk, **AMAZON)
    store = Store.objects.get()
    assert answer.headers["Location"] == reverse("setup-store-connection", args=[store.pk])
    assert (store.brand.name, store.brand.language, store.channel, store.marketplace) == (
        "Leuchtwerk",
        "de",
        "amazon",
        "amazon.de",
    )
    assert store.addresses == [
        "service@leuchtwerk.example",
        "amazon@leuchtwerk.example",
        "de@leuchtwerk.example",
    ]
    assert store.shadow
    assert "Only watches" in by_admin.get(reverse("setup-stores")).text


def test_what_is_wrong_stands_at_its_field_and_no_brand_is_left_behind(by_admin):
    fields = {**AMAZON, "default_team": a_team().pk, "addresses": "no address"}
    page = add(by_admin, "amazon", **fields)
    assert page.status_code == 422
    assert "is not an e-mail address" in page.text
    assert not Store.objects.exists()
    assert not Brand.objects.exists()


@pytest.mark.parametrize("pattern", [".*", "(a+)+$"])
def test_a_pattern_that_fits_anything_or_takes_forever_is_refused(by_admin, pattern):
    fields = {"name": "Shop", "new_brand": "L", "language": "de", "sender": "s@leuchtwerk.example"}
    page = add(by_admin, "shopify", default_team=a_team().pk, order_id_pattern=pattern, **fields)
    assert 'id="id_order_id_pattern_error"' in page.text
    assert not Store.objects.exists()


def test_a_store_is_changed_where_it_stands(by_admin):
    store = a_store()
    changed = {
        "name": "Amazon DE", "brand": store.brand_id, "new_brand": "", "default_team": store.default_team_id,
        "language": "fr", "marketplace": "amazon.fr", "sender": store.addresses[0],
    }  # fmt: skip
    assert by_admin.post(reverse("setup-store", args=[store.pk]), changed).status_code == 302
    store.refresh_from_db()
    assert (store.name, store.language, store.marketplace) == ("Amazon DE", "fr", "amazon.fr")


def test_the_switch_says_what_it_does_and_can_be_thrown_back(by_admin):
    store = a_store(shadow=True)
    page = by_admin.get(reverse("setup-store", args=[store.pk])).text
    assert "nothing leaves" in page
    page = by_admin.post(reverse("setup-store-live", args=[store.pk]), follow=True).text
    assert not Store.objects.get().shadow
    assert reverse("setup-store-shadow", args=[store.pk]) in page.split('id="toasts"')[1]
    by_admin.post(reverse("setup-store-shadow", args=[store.pk]))
    assert Store.objects.get().shadow


def test_a_new_stores_page_of_a_mail_channel_says_both_things_that_it_lacks(by_admin):
    a_store("ebay", "ebay.de")
    page = by_admin.get(reverse("setup-stores")).text
    assert "No mailbox" in page
    assert "Not connected" in page


def test_a_store_with_a_mailbox_needs_no_connection(by_admin):
    a_mailbox(a_store("ebay", "ebay.de"))
    assert "Not connected" not in by_admin.get(reverse("setup-stores")).text


@pytest.mark.parametrize(
    ("channel", "missing"),
    [
        ("facebook", "Not connected to Facebook yet: no answer can leave."),
        ("website", "Without a mailbox yet: no answer can leave."),
        ("ebay", "Not connected to eBay and without a mailbox yet: no answer can leave."),
    ],
)
def test_who_lets_a_store_answer_is_told_what_is_missing(by_admin, channel, missing):
    store = a_store(channel, "ebay.de" if channel == "ebay" else "", shadow=True)
    page = by_admin.post(reverse("setup-store-live", args=[store.pk]), follow=True).text
    assert not Store.objects.get().shadow
    assert page.count(missing) == 2, "in the card and in the toast"
    assert "answers now" not in page
    assert "Answers leave to customers" not in page


def test_a_store_that_lacks_nothing_answers(by_admin):
    store = a_store("website", "", shadow=True)
    a_mailbox(store)
    page = by_admin.post(reverse("setup-store-live", args=[store.pk]), follow=True).text
    assert "answers now" in page
    assert "Answers leave to customers" in page


def test_a_website_store_has_a_form_at_once_and_shows_how_to_use_it(by_admin):
    fields = {"name": "leuchtwerk.example", "new_brand": "L", "language": "de", "sender": "s@leuchtwerk.example"}
    add(by_admin, "website", default_team=a_team().pk, **fields)
    store = Store.objects.get()
    public = form_of(store)
    assert Client().get(reverse("form", args=[public.key])).status_code == 200
    address = reverse("setup-store-form", args=[store.pk])
    page = by_admin.get(address).text
    assert page.count(f"http://testserver/form/{public.key}/") == 4
    assert f'href="http://testserver/form/{public.key}/"' in page
    by_admin.post(address, {"origins": "https://leuchtwerk.example", "consent": "Ja."})
    store.refresh_from_db()
    assert form_of(store).origins == ("https://leuchtwerk.example",)
    assert by_admin.post(address, {"origins": "leuchtwerk"}).status_code == 422


def test_a_marketplace_has_no_form(by_admin):
    assert by_admin.get(reverse("setup-store-form", args=[a_store().pk])).status_code == 404


def test_each_channel_says_how_its_customers_are_reached(by_admin):
    a_team("Marktplätze")
    page = by_admin.get(reverse("setup-store-new")).text

    assert "by a contact form and a chat on your website" in page
    assert "through the interface of Twilio" in page
    assert "Calls, letters and visits need no store of their own" in page


def test_countries_are_called_by_name(by_admin):
    page = by_admin.get(reverse("setup-store-add", args=["tiktok_shop"])).text

    assert "TikTok Shop United Kingdom" in page
    assert "TikTok Shop GB" not in page
