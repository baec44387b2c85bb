import json
from datetime import timedelta

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.files.keeping import pieces_of
from tresen.intake.models import StoredPayload
from tresen.stores.publishing import publish_form
from tresen.workspace.website.forms import ContactForm
from tresen.workspace.website.taking import PER_ADDRESS, PER_SENDER, PER_STORE, Taken, TooMany, TooOld, TooQuick, take
from tresen.workspace.website.tokens import make_token

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(minutes=1)
FILLED = {"name": "Ida", "email": "ida@mail.example", "message": "Gibt es den Hocker in rot?"}


@pytest.fixture
def public():
    store = a_store("website", "", language="de")
    return publish_form(store.pk, origins=(), consent="", by=SYSTEM, at=MONDAY)


def send(public, *, at=LATER, client="192.0.2.1", token=None, **fields):
    token = make_token(public.key, at=MONDAY) if token is None else token
    form = ContactForm({**FILLED, "token": token, **fields}, public=public)
    assert form.is_valid(), form.errors
    return take(form, client=client, at=at)


def kept():
    (payload,) = StoredPayload.objects.all()
    return json.loads(b"".join(pieces_of(bytes(payload.blob_id))))


def test_what_is_sent_is_kept_as_it_came(public):
    assert send(public, order_number="1042") == Taken()
    assert StoredPayload.objects.get().store_id == public.store
    said = kept()
    assert {name: said[name] for name in FILLED} == FILLED
    assert (said["order_number"], said["language"]) == ("1042", "de")
    assert "suspect" not in said


def test_pressing_the_button_twice_is_one_message(public):
    token = make_token(public.key, at=MONDAY)
    assert [send(public, token=token), send(public, token=token)] == [Taken(), Taken()]
    assert StoredPayload.objects.count() == 1


def test_who_goes_back_and_writes_something_else_is_heard_twice(public):
    token = make_token(public.key, at=MONDAY)
    assert [send(public, token=token), send(public, token=token, message="Und in blau?")] == [Taken(), Taken()]
    assert StoredPayload.objects.count() == 2


def test_a_form_filled_in_within_a_second_may_be_sent_again_and_then_passes(public):
    token = make_token(public.key, at=MONDAY)
    assert send(public, token=token, at=MONDAY + timedelta(seconds=1)) == TooQuick()
    assert StoredPayload.objects.count() == 0
    assert send(public, token=token, at=MONDAY + timedelta(seconds=4)) == Taken()


def test_without_a_token_of_this_form_nothing_is_kept(public):
    assert send(public, token="") == TooOld()
    assert send(public, token=make_token("another", at=MONDAY)) == TooOld()
    assert StoredPayload.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"homepage": "https://spam.example"}, "hidden_field"),
        ({"message": "https://a.example http://b.example www.c.example [url=d"}, "many_links"),
    ],
)
def test_what_looks_like_spam_is_marked_and_never_dropped(public, fields, why):
    assert send(public, **fields) == Taken()
    assert kept()["suspect"] == why


def test_a_few_links_are_nothing_strange(public):
    send(public, message="https://track.example/1 und https://track.example/2")
    assert "suspect" not in kept()


def test_one_address_cannot_send_without_end_but_others_can(public):
    sent = [send(public, email=f"a{number}@mail.example") for number in range(PER_ADDRESS + 1)]
    assert sent[:-1] == [Taken()] * PER_ADDRESS
    assert isinstance(sent[-1], TooMany)
    assert send(public, client="192.0.2.2") == Taken()


def test_nobody_alone_can_close_the_form_for_everybody_else(public):
    for number in range(PER_STORE + 1):
        send(public, email=f"a{number}@mail.example")
    assert send(public, client="192.0.2.2") == Taken()


def test_neighbours_in_one_network_of_version_six_are_one(public):
    sent = [send(public, client=f"2001:db8::{number}", email=f"a{number}@mail.example") for number in range(9)]
    assert isinstance(sent[-1], TooMany)
    assert send(public, client="2001:db8:0:1::1", email="b@mail.example") == Taken()


def test_one_sender_cannot_send_without_end_from_many_addresses(public):
    sent = [send(public, client=f"192.0.2.{number}") for number in range(PER_SENDER + 1)]
    assert sent[:-1] == [Taken()] * PER_SENDER
    assert isinstance(sent[-1], TooMany)
