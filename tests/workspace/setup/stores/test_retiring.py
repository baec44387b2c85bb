"""A store is retired only after it was said what stops, and it can be taken back."""

from django.urls import reverse

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import a_store
from tresen.stores.models import Store


def test_retiring_asks_and_says_what_stops(by_admin):
    store = a_store("website", "")
    mailbox = a_mailbox(store)
    address = reverse("setup-store-retirement", args=[store.pk])
    assert f'href="{address}"' in by_admin.get(reverse("setup-store", args=[store.pk])).text
    page = by_admin.get(address).text
    assert "Nothing is sent any more" in page
    assert "Its contact form and its chat end" in page
    assert "Open tickets stay open" in page
    assert f"Mail to {mailbox.name} is still read" in page
    assert Store.objects.get().retired_at is None


def test_what_a_store_has_not_is_not_said_to_stop(by_admin):
    page = by_admin.get(reverse("setup-store-retirement", args=[a_store("facebook", "").pk])).text
    assert "Its platform is asked no more" in page
    assert "contact form" not in page


def test_a_retired_store_stands_at_the_foot_of_the_list_and_is_taken_back_from_there(by_admin):
    store = a_store()
    by_admin.post(reverse("setup-store-retirement", args=[store.pk]))
    list_page = by_admin.get(reverse("setup-stores")).text.split('id="toasts"')[0]
    before, foot = list_page.split('id="retired"')
    assert store.name not in before
    assert store.name in foot
    assert by_admin.get(reverse("setup-store", args=[store.pk])).status_code == 404

    address = reverse("setup-store-return", args=[store.pk])
    assert address in foot
    assert "It only watches until you say otherwise" in by_admin.post(address, follow=True).text
    assert (Store.objects.get().retired_at, Store.objects.get().shadow) == (None, True)
    assert 'id="retired"' not in by_admin.get(reverse("setup-stores")).text
    assert by_admin.post(address).status_code == 404


def test_only_administrators_take_one_back(by_lead, by_agent, by_admin):
    store = a_store()
    by_admin.post(reverse("setup-store-retirement", args=[store.pk]))
    for other in (by_lead, by_agent):
        assert other.post(reverse("setup-store-return", args=[store.pk])).status_code == 404
    assert Store.objects.get().retired_at is not None
