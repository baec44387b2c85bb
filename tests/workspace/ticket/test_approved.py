"""The page of approved templates: how each will read, what is filled in already, what is refused."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse

from tests.channels.whatsapp.numbers import IDA, a_number
from tests.factories.connected import a_whatsapp_store
from tests.factories.messages import a_message, filed
from tresen.channels.contract import IdentityKind, ReplyBy, ThreadKey, ThreadKeyKind
from tresen.fakes.whatsapp.platform import a_template
from tresen.stores.models import StoreConnection
from tresen.tickets.models import Message, Ticket

ORDER = "302-1234567-1234567"
UPDATE = a_template(
    "ship_update",
    "Guten Tag {{1}}, Ihre Bestellung {{2}} kommt am {{3}}.",
    example={"body_text": [["Petra", "TL-1001", "Freitag"]]},
)
OTHER = a_template("news", "Guten Tag {{1}}, es gibt Neues.", language="it")


@pytest.fixture
def fake():
    number = a_number()
    number.templates = [OTHER, UPDATE]
    return number


@pytest.fixture
def store(db, fake):
    with a_whatsapp_store(fake) as store:
        yield store


@pytest.fixture
def team(store):
    return store.default_team


@pytest.fixture
def ticket(store):
    ties = (ThreadKey(kind=ThreadKeyKind.THREAD, value=IDA.key),)
    message = a_message(sender=IDA.key, name=IDA.name, kind=IdentityKind.PHONE, orders=(ORDER,), ties=ties)
    filed(store, replace(message, reply_by=ReplyBy.THREAD))
    return Ticket.objects.get()


def address(ticket):
    return f"{reverse('reply-template', args=[ticket.pk])}?conversation={ticket.conversations.get().pk}"


def typed(ticket, **values):
    newest = Message.objects.latest("pk").pk
    given = {f"value-{name.removeprefix('_')}": value for name, value in values.items()}
    return {"template": "ship_update/de", "answers_up_to": newest, "value-1": "", "value-2": "", "value-3": ""} | given


def fields(page):
    """Of the first template: the value by the variable's name."""
    found = re.findall(r'value="([^"]*)" data-fills="(\w+)"', first(page))
    return {name: unescape(value) for value, name in found}


def read(page):
    """The first template, as its customer will read it."""
    words = re.search(r'<p class="approved-text"[^>]*>(.*?)</p>', first(page), re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", words[1]))


def first(page):
    return page.text.partition('id="template-2"')[0]


def test_what_is_known_is_filled_in_and_shown_as_it_will_read(screen, ticket):
    page = screen.get(address(ticket))

    assert fields(page) == {"1": "Ida", "2": ORDER, "3": ""}
    assert read(page) == f"Guten Tag Ida, Ihre Bestellung {ORDER} kommt am {{{{3}}}}."
    assert re.findall(r'data-place="(\d)" data-empty="[^"]*" data-open', first(page)) == ["3"]


def test_the_agent_sees_where_a_value_comes_from_and_what_is_wanted_else(screen, ticket):
    hints = re.findall(r'class="field-hint"[^>]*>([^<]*)<', first(screen.get(address(ticket))))

    assert hints == [
        "Filled in for you: the customer’s first name.",
        "Filled in for you: the order of this ticket.",
        "For example: Freitag",
    ]


def test_the_ones_in_the_customers_language_stand_first(screen, ticket):
    assert "ship_update" in first(screen.get(address(ticket)))
    Ticket.objects.update(language="it")
    assert "news" in first(screen.get(address(ticket)))


def test_without_scripts_one_looks_first_and_nothing_leaves(screen, ticket):
    page = screen.post(address(ticket), typed(ticket, _1="Frau Muster", _3="Montag ") | {"look": "1"})

    assert page.status_code == 200
    assert fields(page) == {"1": "Frau Muster", "2": "", "3": "Montag "}
    assert read(page) == "Guten Tag Frau Muster, Ihre Bestellung {{2}} kommt am Montag."
    assert "Filled in for you" not in first(page)
    assert "Fill in all of the template" not in page.text
    assert not Message.objects.filter(direction="out").exists()


def test_what_is_sent_is_what_stands_in_the_fields_not_what_was_known(screen, ticket):
    sent = screen.post(address(ticket), typed(ticket, _1="Frau Muster", _2="TL-1", _3="Montag"))

    assert sent.status_code == 302
    assert Message.objects.latest("pk").text == "Guten Tag Frau Muster, Ihre Bestellung TL-1 kommt am Montag."


def test_an_emptied_field_is_refused_and_stays_empty(screen, ticket):
    page = screen.post(address(ticket), typed(ticket, _2="TL-1", _3="Montag"))

    assert page.status_code == 422
    wrong = re.findall(r'<input class="input" id="(template-1-\d)"[^>]*aria-invalid="true" autofocus>', page.text)
    assert wrong == ["template-1-1"]
    (said,) = re.findall(r'id="template-1-1_error">.*?</svg>(.*?)</p>', page.text, re.DOTALL)
    assert said == "Fill this in: a template can’t leave with an empty place."
    assert 'data-tone="late"' not in page.text, "it is said at the field, not out of sight"
    assert fields(page) == {"1": "", "2": "TL-1", "3": "Montag"}


def test_what_was_filled_in_and_left_so_is_still_said_to_be_after_an_error(screen, ticket):
    page = screen.post(address(ticket), typed(ticket, _1="Ida", _2="TL-1"))

    hints = re.findall(r'class="field-hint"[^>]*>([^<]*)<', first(page))
    assert hints == [
        "Filled in for you: the customer’s first name.",
        "For example: TL-1001",
        "For example: Freitag",
    ]
    assert 'aria-describedby="template-1-3_error template-1-3-hint" aria-invalid="true" autofocus' in page.text


def test_what_was_typed_into_one_stands_in_no_other(screen, ticket):
    page = screen.post(address(ticket), typed(ticket, _1="Frau Muster", _3="Montag") | {"look": "1"})

    assert 'value="Ida" data-fills="1"' in page.text.partition('id="template-2"')[2]


def test_where_the_platform_tells_none_it_says_why(screen, ticket, fake):
    fake.templates = []
    assert "No template is approved yet" in screen.get(address(ticket)).text
    StoreConnection.objects.update(settings={"app_id": "1", "address": "http://127.0.0.1:1"})
    page = screen.get(address(ticket))

    assert "does not tell its templates now" in page.text
    assert "No template is approved yet" not in page.text
