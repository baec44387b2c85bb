from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.factories.replies import a_ticket
from tests.factories.shops import a_store
from tresen.duties.models import FormerWords, LegalRequest, Promise
from tresen.orders.models import Case
from tresen.sla.models import Clock
from tresen.tickets.models import Conversation, Message

TOMORROW = timedelta(days=1)


def post(screen, route, ticket, **given):
    return screen.post(reverse(route, args=[ticket.pk]), given, follow=True).text


def test_a_case_is_filed_answered_and_the_answer_taken_back(screen, ticket):
    text = post(screen, "case", ticket, kind="a_to_z", due=(timezone.now() + TOMORROW).isoformat())
    case = Case.objects.get()
    assert "Case filed." in text
    assert "Answered there" in text
    text = post(screen, "duty-end", ticket, duty=f"case:{case.pk}")
    assert "the platform decides" in text
    said_at = Clock.objects.get(kind="case").met_at
    post(screen, "duty-resumption", ticket, duty=f"case:{case.pk}", said_at=said_at.isoformat())
    assert Clock.objects.get(kind="case").outcome == "running"


def test_a_case_can_be_over_in_other_ways_and_have_another_date(screen, ticket):
    post(screen, "case", ticket, kind="chargeback")
    duty = f"case:{Case.objects.get().pk}"
    post(screen, "duty-change", ticket, duty=duty, due="2099-07-01T09:00")
    assert Case.objects.get().respond_by.isoformat() == "2099-07-01T07:00:00+00:00"
    assert "still to come" in post(screen, "duty-change", ticket, duty=duty, due="2001-07-01T09:00")
    post(screen, "duty-end", ticket, duty=duty, how="won")
    assert Case.objects.get().outcome == "won"
    assert "over already" in post(screen, "duty-end", ticket, duty=duty)


def test_a_case_that_is_known_leads_to_its_ticket(screen, ticket):
    post(screen, "case", ticket, kind="dispute", external_id="77")
    assert f"known already: #{ticket.pk}" in post(screen, "case", ticket, kind="dispute", external_id="77")


def test_a_case_that_cannot_be_filed_comes_back_with_all_that_was_typed(screen, ticket):
    typed = {"kind": "chargeback", "external_id": "77", "order_number": "303-9"}
    for due in ("2001-07-01T09:00", "275760-09-13T00:00", "2001-07-01T09:00:00+02:00"):
        text = post(screen, "case", ticket, due=due, **typed)
        assert 'id="case-due_error"' in text
        assert f'name="due" value="{due.removesuffix(":00+02:00")}"' in text
        assert '<option value="chargeback" selected>' in text
        assert 'name="order_number" maxlength="80" value="303-9"' in text
        assert 'name="external_id" maxlength="80" value="77"' in text
    assert not Case.objects.exists()


def test_what_is_known_is_said_at_the_number_that_it_is_known_by(screen, ticket):
    post(screen, "case", ticket, kind="dispute", external_id="77", order_number="303-9")
    assert 'id="case-number_error"' in post(screen, "case", ticket, kind="dispute", external_id="77")
    assert 'id="case-order_error"' in post(screen, "case", ticket, kind="dispute", order_number="303-9")


def test_a_legal_request_of_tomorrow_comes_back_as_it_was_typed(screen, ticket):
    text = post(screen, "legal-request", ticket, kind="erasure_request", received_at="2099-07-01T09:00")
    assert 'id="request-since_error"' in text
    assert 'name="received_at" value="2099-07-01T09:00"' in text
    assert '<option value="erasure_request" selected>' in text


def test_a_promise_is_noted_kept_and_explained(screen, ticket):
    due = timezone.now() + TOMORROW
    conversation = Conversation.objects.get().pk
    text = post(screen, "promise", ticket, kind="promise", due=due.isoformat(), what="Ersatz", kept_in=conversation)
    made = Promise.objects.get()
    assert "Ersatz" in text
    assert "the next answer keeps it" in text
    post(screen, "duty-end", ticket, duty=f"promise:{made.pk}")
    assert Clock.objects.get(kind="promise").outcome == "met"
    assert "kept the promise" in screen.get(reverse("ticket", args=[ticket.pk])).text


def a_promise(screen, ticket, what="Anruf", due="2099-07-01T09:00"):
    post(screen, "promise", ticket, kind="promise", due=due, what=what)
    return Promise.objects.latest("pk")


def as_shown(made, what="Anruf", due="2099-07-01T09:00"):
    """What the form of a promise sends where nothing in it was touched."""
    return {"duty": f"promise:{made.pk}", "what": what, "what_before": what, "due": due, "due_before": due}


def test_the_words_and_the_time_of_a_promise_are_changed_in_one_form_and_taken_back(screen, ticket):
    made = a_promise(screen, ticket)
    text = post(screen, "duty-change", ticket, **as_shown(made) | {"what": "Mail", "due": "2099-07-02T09:00"})
    for words in ("promised: “Anruf”", "words of a promise: “Mail”", "moved the date to 2 Jul 2099 09:00: “Mail”"):
        assert words in text
    assert 'name="what" maxlength="200" dir="auto" autocomplete="off" value="Mail"' in text
    undo = {"duty": f"promise:{made.pk}", "former": FormerWords.objects.get().pk, "due": "2099-07-01T09:00:00+02:00"}
    for name, value in undo.items():
        assert f'name="{name}" value="{value}"' in text
    text = post(screen, "duty-change-end", ticket, **undo)
    assert Promise.objects.get().what == "Anruf"
    assert 'value="2099-07-01T09:00"' in text


def test_only_what_was_touched_is_changed(screen, ticket):
    made = a_promise(screen, ticket)
    post(screen, "duty-change", ticket, **as_shown(made) | {"due": "2099-07-05T09:00"})
    text = post(screen, "duty-change", ticket, **as_shown(made) | {"what": "Mail"})  # shown before it was moved
    assert Clock.objects.get(kind="promise").due.isoformat() == "2099-07-05T07:00:00+00:00"
    assert text.count("moved the date") == 1


def test_a_promise_that_cannot_be_changed_comes_back_with_all_that_was_typed(screen, ticket):
    made = a_promise(screen, ticket)
    for wrong in ("2001-07-01T09:00", ""):
        text = post(screen, "duty-change", ticket, **as_shown(made) | {"what": "Mail", "due": wrong})
        assert 'id="date-1_error"' in text
        assert f'required value="{wrong}"' in text
        assert 'name="what" maxlength="200" dir="auto" autocomplete="off" value="Mail"' in text
        assert 'name="what_before" value="Anruf"' in text
    assert Promise.objects.get().what == "Anruf"


def test_kept_and_dropped_promises_are_told_with_their_words(screen, ticket):
    made = a_promise(screen, ticket, what="<b>Anruf</b> 100 %")
    post(screen, "duty-end", ticket, duty=f"promise:{made.pk}")
    other = a_promise(screen, ticket, what="Mail")
    text = post(screen, "duty-end", ticket, duty=f"promise:{other.pk}", how="dropped")
    assert "kept the promise: “&lt;b&gt;Anruf&lt;/b&gt; 100 %”" in text
    assert "no longer binds us: “Mail”" in text


def test_a_promise_of_another_ticket_is_not_changed_here(screen, store, ticket):
    made = a_promise(screen, a_ticket(a_store(channel="email", team=store.default_team)))
    mine = a_promise(screen, ticket)
    post(screen, "duty-change", made.ticket, **as_shown(made) | {"what": "Mail"})
    for route, given in (
        ("duty-change", as_shown(made) | {"what": "Brief"}),
        ("duty-change-end", {"duty": f"promise:{made.pk}", "former": FormerWords.objects.get().pk}),
        ("duty-change-end", {"duty": f"promise:{mine.pk}", "former": FormerWords.objects.get().pk}),
        ("duty-change-end", {"duty": "promise:99999999"}),
    ):
        assert screen.post(reverse(route, args=[ticket.pk]), given).status_code == 404
    made.refresh_from_db()
    assert made.what == "Mail"


def test_a_legal_request_is_noted_and_fulfilled_with_who_and_when(screen, ticket):
    text = post(screen, "legal-request", ticket, kind="access_request")
    assert "Legal request noted." in text
    text = post(screen, "duty-end", ticket, duty=f"legal:{LegalRequest.objects.get().pk}")
    assert "fulfilled the legal request" in text


def test_what_belongs_to_another_ticket_does_not_exist_here(screen, store, ticket):
    other = a_ticket(a_store(channel="email", team=store.default_team))
    post(screen, "promise", other, kind="promise", due="2099-07-01T09:00")
    address = reverse("duty-end", args=[ticket.pk])
    assert screen.post(address, {"duty": f"promise:{Promise.objects.get().pk}"}).status_code == 404
    assert screen.post(address, {"duty": "case:1"}).status_code == 404


def test_an_answer_can_promise_the_next_one(screen, ticket):
    conversation = Conversation.objects.get().pk
    newest = Message.objects.get().pk
    due = (timezone.now() + TOMORROW).isoformat()
    given = {"conversation": conversation, "answers_up_to": newest, "text": "Am Montag mehr.", "then": "keep_open"}
    post(screen, "reply", ticket, **given, promise_due=due, promise_kept="on")
    made = Promise.objects.get()
    assert (made.conversation_id, made.reply.text) == (conversation, "Am Montag mehr.")


def test_a_ticket_with_an_open_duty_is_not_solved(screen, ticket):
    post(screen, "promise", ticket, kind="promise", due="2099-07-01T09:00")
    assert "settle that first" in post(screen, "solution", ticket, reason="thanks")


def test_a_claim_with_days_left_bears_its_tier_and_says_that_it_comes_first(screen, ticket):
    text = post(screen, "case", ticket, kind="a_to_z", due=(timezone.now() + 5 * TOMORROW).isoformat())
    chip, banner = text.index(" A-to-z claim</span>"), text.index("<strong>A-to-z claim</strong>")
    for shown in (chip, banner):
        assert "Risk tier 0: comes first" in text[shown - 300 : shown]
    assert "comes first</span> ·" in text[banner:]
    text = post(screen, "duty-end", ticket, duty=f"case:{Case.objects.get().pk}")
    assert "comes first" not in text


def test_a_case_that_may_wait_does_not_say_that_it_comes_first(screen, ticket):
    text = post(screen, "case", ticket, kind="return_request", due=(timezone.now() + 5 * TOMORROW).isoformat())
    assert "Return request" in text
    assert "comes first" not in text
