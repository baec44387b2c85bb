"""A picture of what was bought stands on the order's card, and comes from here."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed, understood
from tests.factories.shops import MONDAY
from tresen.channels.order_news import LineTold, OrderSnapshot, OrderState
from tresen.fakes.drawing import picture_of
from tresen.intake.filing import file
from tresen.orders.models import Picture, PictureState
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
NUMBER = "302-1234567-7654321"
ADDRESS = "https://pictures.example/lamp.png"


@pytest.fixture
def ticket(store):
    line = LineTold(external_id="1", title='Lampe "Mira"', quantity=1, price=4990, picture=ADDRESS)
    news = OrderSnapshot(
        number=NUMBER,
        changed_at=MONDAY,
        state=OrderState.OPEN,
        currency="EUR",
        total=4990,
        ordered_at=MONDAY - timedelta(days=1),
        lines=[line],
    )
    file([understood(store, news)], at=MONDAY)
    filed(store, a_message(orders=(NUMBER,)))
    return Ticket.objects.get()


def drawn(content=None, kind="image/png"):
    Picture.objects.update(state=PictureState.KEPT, content=content or picture_of("lamp"), content_type=kind)
    return Picture.objects.get()


def address_of(picture):
    return reverse("picture", args=[picture.pk])


def test_while_there_is_none_a_quiet_mark_stands_in_its_place_and_no_remote_address(screen, ticket):
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert "pictures.example" not in page
    assert 'loading="lazy"' not in page
    assert Picture.objects.get().state == PictureState.WAITS


def test_kept_here_it_is_shown_lazily_with_words_and_a_size_of_its_own(screen, ticket):
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    picture = drawn()
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert f'<img src="{address_of(picture)}" alt="Lampe &#34;Mira&#34;" width="36" height="36" loading="lazy"' in page
    assert "pictures.example" not in page


def test_an_order_whose_picture_was_forgotten_has_it_fetched_again_when_somebody_looks(screen, ticket):
    Picture.objects.all().delete()
    screen.get(reverse("ticket", args=[ticket.pk]))
    assert Picture.objects.get().address == ADDRESS


def test_it_is_sent_as_a_picture_under_which_nothing_runs(screen, ticket):
    answer = screen.get(address_of(drawn()))
    assert answer.content == picture_of("lamp")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_looking_keeps_it(screen, ticket):
    Picture.objects.update(used_at=MONDAY)
    screen.get(address_of(drawn()))
    assert Picture.objects.get().used_at > MONDAY


def test_what_is_no_picture_is_never_sent(screen, ticket):
    assert screen.get(address_of(drawn(b"<html>", kind="text/html"))).status_code == 404


def test_what_is_not_kept_yet_is_not_found(screen, ticket):
    assert screen.get(address_of(Picture.objects.get())).status_code == 404


def test_of_a_store_out_of_scope_there_is_none(blind_screen, ticket):
    assert blind_screen.get(address_of(drawn())).status_code == 404
