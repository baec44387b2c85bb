import re

from django.urls import reverse

from tests.factories.ladders import HOUR, OWN_DUE, assigned, standing
from tests.factories.messages import a_message, filed
from tests.factories.shops import an_agent
from tests.factories.watching import watched
from tresen.accounts.actors import Actor
from tresen.replies.drafting import keep_draft


def test_a_ticket_shows_its_thread_clocks_and_composer(screen, ticket):
    text = screen.get(reverse("ticket", args=[ticket.pk])).text

    assert "Es sollte am Freitag da sein." in text
    assert "Petra Muster" in text
    assert "Amazon" in text
    assert 'name="answers_up_to"' in text
    assert 'id="rows"' in text


def test_htmx_gets_the_desk_alone(screen, ticket):
    text = screen.get(reverse("ticket", args=[ticket.pk]), headers={"HX-Request": "true"}).text

    assert "<html" not in text
    assert 'id="ticket"' in text
    assert 'id="rows"' not in text


def test_a_ticket_is_never_kept_by_a_cache(screen, ticket):
    response = screen.get(reverse("ticket", args=[ticket.pk]))

    assert response.headers["Cache-Control"] == "no-store"


def test_every_clock_explains_itself(screen, ticket):
    text = screen.get(reverse("ticket-why", args=[ticket.pk])).text

    assert "Tier 2: normal" in text
    assert "Received" in text


def test_news_are_none_until_something_happens(screen, ticket, store, later):
    address = reverse("ticket-news", args=[ticket.pk])
    ticket.refresh_from_db()
    seen = {"seen": ticket.last_sequence, "up_to": ticket.messages.get().pk}

    before = screen.get(address, seen).text
    filed(store, a_message(subject="Re: Wo ist mein Paket?", text="Hallo?", at=later))
    after = screen.get(address, seen).text

    assert "banner" not in before
    assert "A new message came since you opened this." in after


def test_a_colleague_who_writes_is_named(screen, team, ticket):
    marco = an_agent(team, name="Marco Conti")
    request = screen.get(reverse("ticket", args=[ticket.pk])).wsgi_request
    conversation = ticket.conversations.get().pk
    keep_draft(conversation, text="Lieber Kunde", by=Actor.agent(marco.pk), at=request.at)

    text = screen.get(reverse("ticket-news", args=[ticket.pk])).text

    assert "Marco Conti is writing an answer." in text


def test_who_opens_a_ticket_second_is_told_who_holds_it(client, team, ticket):
    first, second = an_agent(team, name="Jana Meier"), an_agent(team, name="Ada Beispiel")
    client.force_login(first)
    client.get(reverse("ticket", args=[ticket.pk]))
    client.force_login(second)

    text = client.get(reverse("ticket", args=[ticket.pk])).text

    assert "Jana Meier is working on this ticket now." in text


def test_markup_in_a_message_stays_text_and_links_tell_nobody(screen, store):
    filed(store, a_message(text="<img src=x onerror=alert(1)> https://tracking.example/x", subject="Hi"))
    ticket = store.tickets.get()

    text = screen.get(reverse("ticket", args=[ticket.pk])).text

    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert 'href="https://tracking.example/x"' in text
    assert "noreferrer" in text


def test_an_agent_is_told_in_which_language_the_customer_writes(screen, agent, ticket):
    assert "writes in German" in screen.get(reverse("ticket", args=[ticket.pk])).text

    agent.language = "de"
    agent.save()

    assert "schreibt auf" not in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_the_list_beside_it_is_still_the_one_from_which_it_was_opened(screen, ticket):
    address = reverse("ticket", args=[ticket.pk])

    def list_beside(**query):
        return re.search(r'data-refreshes="([^"]+)"', screen.get(address, query).text)[1]

    assert list_beside() == reverse("queue-view", args=["all"])
    for given in ({"in": "mine"}, {}):
        assert list_beside(**given) == reverse("queue-view", args=["mine"])
    assert screen.get(address, {"in": "nonsense"}).status_code == 404


def test_a_step_that_is_taken_again_and_again_is_one_line_that_unfolds(client, db):
    later = {"when": "breached", "minutes": 120, "notify": ["assignee"]}
    ticket = standing({"when": "breached", "minutes": 60, "notify": ["assignee"]}, later)
    agent = assigned(ticket)
    watched(OWN_DUE)
    watched(OWN_DUE + 5 * HOUR)
    client.force_login(an_agent(ticket.team))

    page = client.get(reverse("ticket", args=[ticket.pk])).text

    folded = page.partition('<details class="event-lines">')[2].partition("</details>")[0]
    summary, _, unfolded = folded.partition("</summary>")
    assert f"Still unanswered: {agent.name} told" in summary
    assert "2 times" in summary
    assert unfolded.count(f"Still unanswered: {agent.name} told") == 2
    assert page.count('class="event-lines"') == 1
