"""The address book in the set-up."""

import pytest
from django.urls import reverse

from tests.factories.mailboxes import a_mailbox
from tests.factories.partners import a_partner
from tests.factories.replies import a_ticket
from tests.factories.shops import a_store, an_agent
from tresen.accounts.models import Role, SetupChange
from tresen.partners.models import Partner
from tresen.partners.queries import partners_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(an_agent(role=Role.ADMIN))
    return client


def given(**more):
    known = {
        "name": "Lager Süd",
        "kind": "warehouse",
        "address": "versand@lager.example",
        "language": "de",
        "days": "2",
        "counting": "working_days",
    }
    return known | more


def test_an_empty_book_says_what_it_is_for_and_leads_to_the_first(desk):
    page = desk.get(reverse("setup-partners"))
    assert reverse("setup-partner-new") in page.text


def test_a_partner_is_added_and_stands_in_the_book(desk):
    store = a_store()
    box = a_mailbox(store)
    more = {"also_from": "bea@lager.example\n@lager.example", "mailbox": box.pk, "stores": [store.pk]}
    page = desk.post(reverse("setup-partner-new"), given(**more), follow=True)
    partner = Partner.objects.get()
    assert "Lager Süd" in page.text
    assert (partner.also_from, partner.mailbox, list(partner.stores.all())) == (
        ["@lager.example", "bea@lager.example"],
        box,
        [store],
    )
    assert SetupChange.objects.filter(subject=f"partner:{partner.pk}", what="added").exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", " "),
        ("address", "versand"),
        ("also_from", "@gmail.com"),
        ("also_from", "lager"),
        ("days", "0"),
        ("language", "xx"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(desk, field, wrong):
    page = desk.post(reverse("setup-partner-new"), given(**{field: wrong}))
    assert page.status_code == 422
    assert "data-wrong" in page.text
    assert Partner.objects.count() == 0
    assert field == "address" or "versand@lager.example" in page.text


def test_an_address_of_ours_is_no_partners(desk):
    store = a_store()
    page = desk.post(reverse("setup-partner-new"), given(address=store.addresses[0]))
    assert page.status_code == 422


def test_a_mailbox_that_nobody_reads_does_not_ask(desk):
    box = a_mailbox()
    assert box.name not in desk.get(reverse("setup-partner-new")).text
    assert desk.post(reverse("setup-partner-new"), given(mailbox=box.pk)).status_code == 422


def test_two_partners_have_two_names(desk):
    a_partner(name="Lager Süd")
    assert desk.post(reverse("setup-partner-new"), given(name="lager süd")).status_code == 422


def test_a_partner_is_changed(desk):
    partner = a_partner(name="Lager Süd")
    desk.post(reverse("setup-partner", args=[partner.pk]), given(name="Lager Nord", days="5", counting="days"))
    partner.refresh_from_db()
    assert (partner.name, partner.days, partner.counting) == ("Lager Nord", 5, "days")


def test_retired_it_is_offered_nowhere_and_can_be_brought_back(desk):
    partner, ticket = a_partner(), a_ticket()
    desk.post(reverse("setup-partner-retirement", args=[partner.pk]))
    assert list(partners_for(ticket)) == []
    assert partner.name in desk.get(reverse("setup-partners")).text
    desk.post(reverse("setup-partner-return", args=[partner.pk]))
    assert list(partners_for(ticket)) == [partner]
