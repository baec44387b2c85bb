"""Deciding in the ticket: both answers where nobody knows, a reason where somebody does not agree."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.acting import a_refund, asked
from tests.factories.sales import AT
from tresen.accounts.actors import Actor
from tresen.actions.models import Action, ActionState
from tresen.sla.models import Notice

RAW = '500 {"errors": [{"errorId": 35001, "message": "Internal error"}]}'


@pytest.fixture
def uncertain(ticket, order, agent):
    """It was tried, and the platform answered with a fault."""
    action = asked(ticket, order, a_refund(order, 500), by=Actor.agent(agent.pk))
    later = AT + timedelta(days=9000)
    Action.objects.filter(pk=action.pk).update(
        state=ActionState.UNCERTAIN, attempts=1, answer=RAW, first_tried_at=AT, next_look_at=later, looked_at=None
    )
    return action


def test_a_fault_is_told_in_plain_words_and_its_answer_folded_away(screen, ticket, uncertain):
    page = screen.get(reverse("ticket", args=[ticket.pk])).text

    assert "Mirakl had a fault of its own: nobody knows yet whether it was done." in page
    assert "It is looked for there again: " in page
    folded = page.partition("What the platform said</summary>")[2].partition("</details>")[0]
    assert "35001" in folded
    assert page.count("35001") == 1


def test_before_the_platform_was_read_nobody_can_say_that_it_was_not_done(screen, ticket, uncertain):
    page = screen.get(reverse("ticket", args=[ticket.pk])).text

    assert "It was done" in page
    assert "It was not done" not in page


def test_both_answers_are_there_once_it_was_read(screen, ticket, uncertain):
    Action.objects.update(looked_at=AT, looks=5, next_look_at=None)

    page = screen.get(reverse("ticket", args=[ticket.pk])).text

    assert "Look there yourself, and say here what you see." in page
    for words in ("It was done", "It was not done: try again", "It was not done: leave it"):
        assert words in page, words
    screen.post(reverse("action-denial", args=[uncertain.pk]))
    assert Action.objects.get().state == ActionState.REFUSED
    assert "Jana Meier saw that the platform did not do it" in screen.get(reverse("ticket", args=[ticket.pk])).text


@pytest.mark.parametrize("kind", ["refund", "cancel"])
def test_who_wants_to_give_back_more_is_warned_of_what_may_have_gone_back(screen, ticket, order, uncertain, kind):
    page = screen.get(reverse("order-action", args=[ticket.pk, order.pk, kind])).text

    assert "A refund of €5.00 may have been made already" in page
    assert "Nothing has gone back before" not in page
    assert "€94.80" in page


def test_who_asked_reads_why_somebody_did_not_agree(client, ticket, order, agent, lead):
    action = asked(ticket, order, a_refund(order, 6000), by=Actor.agent(agent.pk))
    client.force_login(lead)
    assert f'id="why-{action.pk}" hx-preserve' in client.get(reverse("orders", args=[ticket.pk])).text

    client.post(reverse("action-refusal", args=[action.pk]), {"why": "First a photograph, please."})

    client.force_login(agent)
    page = client.get(reverse("ticket", args=[ticket.pk])).text
    assert "not agreed to" in page
    assert "Ole Lead: First a photograph, please." in page


def test_who_agrees_sees_what_it_is_about(client, ticket, order, agent, lead):
    order.refunds.create(external_id="r0", amount=980, reason="REFUND_OTHER", refunded_at=order.ordered_at)
    asked(ticket, order, a_refund(order, 500), by=Actor.agent(lead.pk))
    asked(ticket, order, a_refund(order, 6000), by=Actor.agent(agent.pk))
    client.force_login(lead)

    page = client.get(reverse("approvals")).text

    for words in (
        "€60.00",
        "Order total €99.80",
        "€9.80 went back before, €5.00 are under way or may be",
        "Jana Meier may give back €50.00 alone",
        ticket.subject,
        ticket.identity.name,
    ):
        assert words in page, words


def test_who_agrees_in_the_list_stays_in_it(client, ticket, order, agent, lead):
    action = asked(ticket, order, a_refund(order, 6000), by=Actor.agent(agent.pk))
    client.force_login(lead)

    answer = client.post(reverse("action-approval", args=[action.pk]), {"to": "approvals"})

    assert answer.headers["Location"] == reverse("approvals")


def test_how_much_waits_is_counted_for_who_may_agree(client, ticket, order, agent, lead):
    asked(ticket, order, a_refund(order, 6000), by=Actor.agent(agent.pk))
    counted = {}
    for one in (agent, lead):
        client.force_login(one)
        counted[one] = "1 to agree to" in client.get(reverse("notices-bell")).text
        assert ('data-tone="soon">1</span>' in client.get(reverse("promises")).text) is counted[one]

    assert counted == {agent: False, lead: True}


def test_the_bell_says_who_asks_and_what_was_decided(client, ticket, order, agent, lead):
    action = asked(ticket, order, a_refund(order, 6000), by=Actor.agent(agent.pk))
    Notice.objects.update(shown_from=AT)
    client.force_login(lead)
    assert "Jana Meier asks you to agree: money is to go back to the buyer" in client.get(reverse("notices")).text

    client.post(reverse("action-refusal", args=[action.pk]))
    Notice.objects.update(shown_from=AT)

    client.force_login(agent)
    assert "Ole Lead did not agree" in client.get(reverse("notices")).text
