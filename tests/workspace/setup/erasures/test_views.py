"""What platforms ask to forget, and an admin must carry out."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.messages import understood
from tests.factories.replies import a_ticket
from tests.factories.shops import a_store
from tresen.accounts.models import SetupChange
from tresen.channels.contract import IdentityKind
from tresen.channels.erasure import ErasureKind, ErasureRequest
from tresen.intake.erasing.requests import carry_out_agreed
from tresen.intake.filing import file
from tresen.intake.models import Erasure
from tresen.tickets.models import Message
from tresen.timekeeping.wall import now

pytestmark = pytest.mark.django_db
WORDS = "Wo ist mein Paket?"


@pytest.fixture
def store(db):
    return a_store("shopify", "")


@pytest.fixture
def ticket(store):
    return a_ticket(store, sender="ida@mail.example", kind=IdentityKind.EMAIL, text=WORDS)


def asked(store, kind=ErasureKind.STORE, *, days_ago=1, **who):
    request = ErasureRequest(
        external_id="shop/redact/77", kind=kind, occurred_at=now() - timedelta(days=days_ago), **who
    )
    file([understood(store, request)], at=now())
    return Erasure.objects.get()


def test_what_waits_says_why_whose_from_where_and_by_when(by_admin, store, ticket):
    erasure = asked(store)
    page = by_admin.get(reverse("setup-erasures")).text
    for words in ("The store has left the platform", f"All buyers of {store.name}", "due ", "Shopify"):
        assert words in page
    assert reverse("setup-erasure", args=[erasure.pk]) in page


def test_before_it_is_erased_the_page_says_what_goes_and_what_stays(by_admin, store, ticket):
    page = by_admin.get(reverse("setup-erasure", args=[asked(store).pk])).text
    for words in ("1 buyer", "1 ticket", "0 orders", "the words of all messages", "books are kept for years"):
        assert words in page
    assert Message.objects.filter(text=WORDS).exists()


def test_a_click_without_the_box_erases_nothing(by_admin, store, ticket):
    erasure = asked(store)
    page = by_admin.post(reverse("setup-erasure", args=[erasure.pk]))
    assert page.status_code == 422
    assert "Tick this first." in page.text
    assert Message.objects.filter(text=WORDS).exists()


def test_carried_out_it_is_erased_and_proven_and_who_did_it_is_kept(by_admin, admin, store, ticket):
    erasure = asked(store)
    address = reverse("setup-erasure", args=[erasure.pk])
    page = by_admin.post(address, {"sure": "on"}, follow=True).text
    for words in ("the proof will stand below", "being carried out"):
        assert words in page
    assert address not in page
    assert carry_out_agreed(now()) == 1
    assert not Message.objects.filter(text=WORDS).exists()
    page = by_admin.get(reverse("setup-erasures")).text
    for words in ("No request waits.", "1 message", "shop/redact/77"):
        assert words in page
    change = SetupChange.objects.get(what="erasure_carried_out")
    assert (change.by, change.details) == (admin, {"erasure": erasure.pk})
    assert "carried out already" in by_admin.post(address, {"sure": "on"}, follow=True).text
    assert SetupChange.objects.filter(what="erasure_carried_out").count() == 1


def test_who_asks_what_is_known_of_him_is_answered_and_nothing_is_erased(by_admin, store, ticket):
    erasure = asked(store, ErasureKind.ACCESS, emails=("ida@mail.example",), keys=("ida@mail.example",))
    address = reverse("setup-erasure", args=[erasure.pk])
    page = by_admin.get(address).text
    assert "ida@mail.example" in page
    assert reverse("ticket", args=[ticket.pk]) in page
    done = by_admin.post(address, {"sure": "on"}, follow=True).text
    assert Message.objects.filter(text=WORDS).exists()
    assert "answered, nothing was erased" in done
    assert "ida@mail.example" not in done


def test_the_overview_tells_of_one_that_waits_and_of_one_that_is_late(by_admin, by_lead, store):
    asked(store)
    assert "1 request to forget waits, due " in by_admin.get(reverse("setup")).text
    assert "to forget waits" not in by_lead.get(reverse("setup")).text
    Erasure.objects.update(asked_at=now() - timedelta(days=31))
    page = by_admin.get(reverse("setup")).text
    assert "1 request to forget waits, late: was due " in page
    assert "late: was due" in by_admin.get(reverse("setup-erasures")).text
