"""Logging by hand: two fields are enough, what is wrong is said, and nobody logs what he may not see."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.channels.by_hand.log import read_log
from tresen.channels.contract import IdentityKind
from tresen.customers.models import Identity
from tresen.files.keeping import read
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.stores.models import StoreGrant
from tresen.tickets.models import Message, Ticket
from tresen.timekeeping import wall
from tresen.workspace.places import pages_named


@pytest.fixture
def shop(team):
    return a_store("website", "", team=team)


def log(screen, store=None, address=None, **given):
    sent = {
        "submission": str(uuid4()),
        "who": "Ida Muster",
        "text": "Where is the lamp?",
        "ended": "open",
        "kind": "phone",
        **({"store": store.pk} if store else {}),
        **given,
    }
    return screen.post(address or reverse("log-call"), sent)


def kept():
    found = read_log(read(bytes(StoredPayload.objects.get().blob_id)))
    assert found is not None
    return found[0]


def test_a_name_and_words_are_enough_and_the_last_store_is_offered_again(screen, shop):
    other = a_store("website", "", team=shop.default_team)
    assert log(screen, shop).status_code == 302
    said = kept()
    assert (said.who_name, said.text, said.ended) == ("Ida Muster", "Where is the lamp?", "open")
    page = screen.get(reverse("log-letter")).text
    assert f'value="{shop.pk}" selected' in page
    assert f'value="{other.pk}" selected' not in page
    assert 'value="letter" selected' in page


@pytest.mark.parametrize(
    ("who", "key"), [("030 23125014", "+493023125014"), ("Ida@Kundin.example", "ida@kundin.example"), ("Ida", "")]
)
def test_who_called_is_known_by_a_number_an_address_or_a_name(screen, shop, who, key):
    type(shop).objects.filter(pk=shop.pk).update(language="de")
    log(screen, shop, who=who)
    assert kept().who_key == key


def test_an_order_is_logged_at_the_store_that_has_it_whatever_store_was_chosen(screen, shop):
    other = a_store("kaufland", "de", team=shop.default_team)
    shown = {"state": "open", "currency": "EUR", "total": 5990, "ordered_at": MONDAY, "changed_at": MONDAY}
    Order.objects.create(store=other, brand=other.brand, number="MFK4T7Q", **shown)

    log(screen, shop, order_number=" MFK4T7Q")

    assert kept().order_number == "MFK4T7Q"
    assert StoredPayload.objects.get().store == other
    assert f"Logged at {other.name}" in screen.get(reverse("log-call")).text


@pytest.mark.parametrize(
    ("who", "name", "key"),
    [
        ("Gerda Prüfstein 0171 5551234", "Gerda Prüfstein", "+491715551234"),
        ("Gerda Prüfstein, +49 (171) 5551234", "Gerda Prüfstein", "+491715551234"),
        ("(0171) 555-1234 Gerda Prüfstein", "Gerda Prüfstein", "+491715551234"),
        ("Gerda Prüfstein <Gerda@Kundin.example>", "Gerda Prüfstein", "gerda@kundin.example"),
        ("gerda@kundin.example: Gerda Prüfstein", "Gerda Prüfstein", "gerda@kundin.example"),
        ("Firma Haus 24", "Firma Haus 24", ""),
        ("Gerda 302-1234567-1234567", "Gerda 302-1234567-1234567", ""),
        ("Frau Müller (wie 2024)", "Frau Müller (wie 2024)", ""),
    ],
)
def test_a_number_or_an_address_beside_a_name_is_understood(screen, shop, who, name, key):
    type(shop).objects.filter(pk=shop.pk).update(language="de")
    log(screen, shop, who=who)
    assert (kept().who_name, kept().who_key, kept().number) == (name, key, "")


def test_a_number_that_is_none_beside_a_name_is_kept_as_typed(screen, shop):
    type(shop).objects.filter(pk=shop.pk).update(language="de")
    log(screen, shop, who="Gerda Prüfstein 0171 55")
    assert (kept().number, kept().who_name) == ("0171 55", "Gerda Prüfstein")


def test_a_number_that_is_none_is_kept_as_typed_and_that_is_said(screen, shop):
    log(screen, shop, who="12345")
    assert (kept().number, kept().who_name) == ("12345", "12345")
    assert "is no telephone number" in screen.get(reverse("log-call")).text


def test_what_is_missing_or_lies_on_the_wrong_side_of_now_is_said(screen, shop):
    soon, gone = wall.now() + timedelta(hours=1), wall.now() - timedelta(hours=1)
    answer = log(screen, shop, who="", text="", at=soon.isoformat(), ended="promised", promise_due=gone.isoformat())
    assert answer.status_code == 422
    for sentence in ("A name is enough", "A sentence is enough", "lies in the future", "a time to come"):
        assert sentence in answer.text
    assert "Until when was it promised?" in log(screen, shop, ended="promised").text
    assert not StoredPayload.objects.exists()


def test_a_store_out_of_sight_can_not_be_logged_about(blind_screen, shop):
    assert log(blind_screen, shop).status_code == 422
    assert "You see no store" in blind_screen.get(reverse("log-call")).text


def where(log_page):
    """The address to which the toast leads."""
    (address,) = re.findall(r'<a class="button button-small toast-lead" href="([^"]*)"', log_page)
    return address


def test_the_toast_leads_to_the_ticket_once_there_is_one_and_waits_for_it_until_then(screen, shop):
    log(screen, shop)
    address = where(screen.get(reverse("queue-view", args=["all"])).text)
    waiting = screen.get(address)
    assert "It is being filed" in waiting.text
    assert f'hx-get="{address}" hx-trigger="every 1s"' in waiting.text
    assert f'<noscript><a href="{address}"' in waiting.text
    assert screen.get(address, headers={"HX-Request": "true"}).status_code == 204

    parse_kept(timezone.now())
    ticket = reverse("ticket", args=[Ticket.objects.get().pk])
    assert screen.get(address).headers["Location"] == ticket
    assert screen.get(address, headers={"HX-Request": "true"}).headers["HX-Redirect"] == ticket


def test_who_waits_long_for_the_ticket_reads_why(screen, shop):
    log(screen, shop)
    address = where(screen.get(reverse("queue-view", args=["all"])).text)
    StoredPayload.objects.update(recorded_at=wall.now() - timedelta(minutes=2))
    late = screen.get(address, headers={"HX-Request": "true"}).text
    assert "perhaps no worker runs" in late
    assert 'hx-trigger="every 5s"' in late
    StoredPayload.objects.update(state="quarantined")
    aside = screen.get(address, headers={"HX-Request": "true"}).text
    assert "could not be filed" in aside
    assert "hx-trigger" not in aside


def test_where_a_log_of_others_is_nobody_learns(screen, client, shop):
    submission = uuid4()
    log(screen, shop, submission=str(submission))
    address = reverse("logged", args=[submission.hex])
    assert screen.get(address).status_code == 200
    client.force_login(an_agent(name="Nobody's colleague", everything=False))
    assert client.get(address).status_code == 404
    parse_kept(timezone.now())
    assert client.get(address).status_code == 404
    assert client.get(reverse("logged", args=["all"])).status_code == 404


def test_the_scan_of_a_letter_lies_with_it(screen, shop):
    scan = SimpleUploadedFile("letter.pdf", b"%PDF-1.7", content_type="application/pdf")
    log(screen, shop, address=reverse("log-letter"), kind="letter", attachments=scan)
    parse_kept(timezone.now())
    assert [file.name for file in Message.objects.get().attachments.all()] == ["letter.pdf"]


def test_a_call_about_a_ticket_is_filed_into_it_and_its_composer_leads_to_logging_the_answer(screen, ticket):
    about = reverse("ticket-log", args=[ticket.pk])
    assert 'name="who"' not in screen.get(about).text
    assert log(screen, address=about).status_code in {204, 302}
    parse_kept(timezone.now())
    assert Ticket.objects.get() == ticket
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert "By telephone, logged by hand" in page
    assert "Nothing can be sent from here to a call" in page
    assert f"{about}?answer" in page
    assert 'value="given" id="id_ended_3" checked' in screen.get(f"{about}?answer").text.replace(" required", "")


def test_known_customers_are_offered_by_the_beginning_of_name_number_or_address(screen, shop):
    log(screen, shop, who="ida@kundin.example", name="Ida Muster")
    parse_kept(timezone.now())
    ida = f'type="radio" name="known" value="{Identity.objects.get().pk}"'
    for typed in ("ida@k", "Must", "ida must"):
        assert f"{ida}>" in screen.get(reverse("log-known"), {"who": typed}).text
    assert f"{ida} checked>" in screen.get(reverse("log-known"), {"who": "ida@kundin.example"}).text
    for typed in ("id", "Otto", "'\\ & | !"):
        assert "radio" not in screen.get(reverse("log-known"), {"who": typed}).text
    spoken = screen.get(reverse("log-known"), {"who": "ida must"}, headers={"HX-Request": "true"}).text
    assert "1 known customer fits." in spoken


def test_a_customer_known_by_name_alone_is_chosen_and_the_call_is_his(screen, store, shop):
    filed(store, a_message(sender="klein_m", kind=IdentityKind.USERNAME, name="Matthias Klein"))
    klein = Identity.objects.get()
    offered = screen.get(reverse("log-known"), {"who": "Klein", "known": klein.pk}).text
    assert f'name="known" value="{klein.pk}" checked' in offered
    assert f"Matthias Klein<small>{store.name} · " in offered

    log(screen, shop, who="Klein", known=klein.pk)
    parse_kept(timezone.now())

    assert Ticket.objects.get(store=shop).identity == klein


def test_the_same_name_alone_makes_nobody_the_same(screen, store, shop):
    filed(store, a_message(sender="klein_m", kind=IdentityKind.USERNAME, name="Matthias Klein"))
    log(screen, shop, who="Matthias Klein", known="")
    parse_kept(timezone.now())
    assert Ticket.objects.get(store=shop).identity != Identity.objects.get(key="klein_m")


def test_a_customer_out_of_sight_can_not_be_chosen(client, shop, team):
    filed(a_store("ebay", "ebay.de"), a_message(sender="klein_m", kind=IdentityKind.USERNAME, name="Matthias Klein"))
    hidden = Identity.objects.get()
    narrow = an_agent(team, everything=False)
    StoreGrant.objects.create(agent=narrow, store=shop)
    client.force_login(narrow)
    answer = log(client, shop, who="Klein", known=hidden.pk)
    assert answer.status_code == 422
    assert "choose again" in answer.text
    assert "Matthias" not in answer.text
    assert not StoredPayload.objects.exists()


def test_without_scripts_a_button_looks_and_keeps_what_was_typed(screen, store, shop):
    filed(store, a_message(sender="klein_m", kind=IdentityKind.USERNAME, name="Matthias Klein"))
    page = log(screen, shop, who="Klein", look="1", ended="answered").text
    assert f'name="known" value="{Identity.objects.get().pk}"' in page
    assert "Where is the lamp?" in page
    assert 'value="answered" id="id_ended_1" checked' in page.replace(" required", "")
    assert f'value="{shop.pk}" selected' in page
    assert not StoredPayload.objects.exists()


def test_customers_of_others_are_offered_to_nobody(screen, blind_screen, shop, client, agent):
    client.force_login(agent)
    log(client, shop, who="ida@kundin.example")
    parse_kept(timezone.now())
    client.logout()
    assert "radio" not in blind_screen.get(reverse("log-known"), {"who": "ida@k"}).text


def test_the_palette_leads_to_calls_letters_and_visits(agent):
    names = {one["name"] for one in pages_named(agent)}
    assert {"Log a call by telephone", "Log a letter", "Log a visit to the shop"} <= names
