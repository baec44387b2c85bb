"""The form of a first message: what the platform takes now, what is left, and nothing typed is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.sales import AT
from tests.factories.shops import an_agent
from tests.workspace.orders.conftest import NUMBER
from tresen.accounts.actors import SYSTEM
from tresen.fakes.amazon.messaging import MESSAGES, REVIEW
from tresen.fakes.faults import Fault
from tresen.outbox.models import Delivery
from tresen.outbox.sending import send_due
from tresen.tickets.models import Message, Ticket
from tresen.tickets.solving import solve
from tresen.timekeeping import wall


def form_of(order, **query):
    return reverse("order-message", args=[order.pk], query=query)


def openings_of(order):
    return reverse("order-openings", args=[order.pk])


def write(screen, order, opening="unexpectedProblem", text="A van was lost.", **more):
    return screen.post(form_of(order), {"submission": str(uuid4()), "opening": opening, "text": text, **more})


def leave():
    return send_due(wall.now() + timedelta(seconds=10))


def test_the_page_is_there_before_the_platform_was_asked_and_asks_for_the_openings(screen, order):
    page = screen.get(form_of(order)).text

    assert NUMBER in page
    assert f'hx-get="{openings_of(order)}' in page
    assert "Tell of an unexpected problem" not in page
    part = screen.get(openings_of(order), headers={"HX-Request": "true"}).text
    for words in ("Tell of an unexpected problem", "400 characters at most", "1 left for this order", "as of"):
        assert words in part, words


def test_without_scripts_the_page_asks_itself(screen, order):
    assert "Tell of an unexpected problem" in screen.get(form_of(order, asked="1")).text


def test_only_what_the_platform_takes_now_is_offered(screen, order, fake):
    fake.messaging.withheld.update({"digitalAccessKey"})

    part = screen.get(openings_of(order)).text

    assert "Send a digital access key" not in part
    fake.messaging.withheld.update({*MESSAGES, REVIEW})
    assert "takes no first message about this order just now" in screen.get(openings_of(order)).text


def test_a_platform_that_does_not_answer_says_so_and_can_be_asked_again(screen, order, faults):
    screen.get(openings_of(order))
    faults.demand([Fault.BROKEN])

    part = screen.get(openings_of(order)).text

    assert "does not tell just now" in part
    assert "Ask again" in part
    assert "Tell of an unexpected problem" in screen.get(openings_of(order)).text


def test_it_goes_out_once_and_stands_in_a_ticket_of_its_writer(screen, order, fake, agent):
    answer = write(screen, order, note="The carrier told us.")

    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == reverse("ticket", args=[ticket.pk])
    page = screen.get(answer.headers["Location"]).text
    for words in ("A van was lost.", "Jana Meier wrote to the buyer first", "Tell of an unexpected problem"):
        assert words in page, words
    assert "The carrier told us." in page
    assert leave() == 1
    assert fake.messaging.sent == [(NUMBER, "unexpectedProblem", "A van was lost.")]
    part = screen.get(openings_of(order)).text
    assert "Tell of an unexpected problem" not in part, "Amazon takes it once"


def test_a_kind_that_was_sent_is_refused_before_it_leaves(screen, order):
    write(screen, order)

    answer = write(screen, order, text="Another van.")

    assert answer.status_code == 422
    assert "takes one message of this kind" in answer.text
    assert "Another van." in answer.text
    assert Delivery.objects.count() == 1


def test_words_of_the_platforms_own_need_none_of_ours(screen, order, fake):
    write(screen, order, REVIEW, "", solve="on")

    assert Ticket.objects.get().status == "solved"
    leave()
    assert [kind for _, kind, _ in fake.messaging.sent] == [REVIEW]
    assert "wrote the words of this message" in screen.get(reverse("ticket", args=[Ticket.objects.get().pk])).text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"text": ""}, "nothing to send"),
        ({"text": "Write to me@mail.example"}, "no e-mail addresses"),
        ({"text": "See <b>this</b>"}, "no HTML"),
        ({"text": "x" * 401, "opening": "digitalAccessKey"}, "one character too long"),
        ({"opening": ""}, "what kind of message"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(screen, order, more, words):
    answer = write(screen, order, **{"note": "For Ole", **more})

    assert answer.status_code == 422
    assert words in answer.text
    assert "For Ole" in answer.text
    assert not Message.objects.exists()


def test_taken_back_its_text_is_in_the_form_again(screen, order, fake):
    write(screen, order)
    message = Message.objects.get(direction="out")

    answer = screen.post(reverse("reply-withdrawal", args=[message.pk]))

    assert answer.headers["Location"].startswith(form_of(order))
    assert "A van was lost." in screen.get(answer.headers["Location"]).text
    leave()
    assert fake.messaging.sent == []


def test_taken_back_within_a_page_the_whole_page_changes(screen, order):
    write(screen, order)
    address = reverse("reply-withdrawal", args=[Message.objects.get(direction="out").pk])

    answer = screen.post(address, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"].startswith(form_of(order))


def test_until_the_buyer_answers_the_composer_says_where_to_write_on(screen, order):
    write(screen, order)

    page = screen.get(reverse("ticket", args=[Ticket.objects.get().pk])).text

    assert "The buyer has not answered yet" in page
    assert "Unknown sender" not in page
    assert f'href="{form_of(order)}?ticket=' in page
    assert 'name="then"' not in page, "nothing can be sent from here"
    assert "counts this as an answer" not in page


def test_what_the_platform_forbids_is_marked_in_the_text(screen, order):
    answer = write(screen, order, text="We can talk: write to me@mail.example, please.")

    assert "We can talk: write to <mark>me@mail.example</mark>, please." in answer.text


def test_an_open_ticket_of_the_same_buyer_is_named_and_linked(screen, store, order):
    filed(store, a_message(subject="Umzug", text="Ich ziehe um.", at=AT))
    known = Ticket.objects.get()
    order.identity = known.identity
    order.save()

    page = screen.get(form_of(order)).text

    assert "The buyer has another open ticket" in page
    assert f'href="{reverse("ticket", args=[known.pk])}"' in page
    assert "Umzug" in page
    solve(known.pk, by=SYSTEM, at=AT)
    assert "another open ticket" not in screen.get(form_of(order)).text


def test_an_order_out_of_scope_does_not_exist(client, order, store):
    client.force_login(an_agent(store.default_team, everything=False))

    for address in (form_of(order), openings_of(order)):
        assert client.get(address).status_code == 404
    assert write(client, order).status_code == 404
    assert "No such order" in client.get(reverse("order-list"), {"number": NUMBER}).text
