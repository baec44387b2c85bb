from django.urls import reverse

from tests.factories.cases import ORDER, a_case_notice
from tests.factories.messages import filed
from tresen.channels.contract import NoticeKind
from tresen.duties.models import UnknownNotice
from tresen.orders.models import Case


def test_a_notice_that_nobody_understood_is_listed_until_it_is_read(screen, store):
    filed(store, a_case_notice(NoticeKind.OTHER, problems=("notice_unknown",)))
    message = UnknownNotice.objects.get().pk
    assert "Es geht um einen Antrag." in screen.get(reverse("platform-notices")).text
    text = screen.post(reverse("platform-notice-reading", args=[message]), follow=True).text
    assert "All understood" in text
    assert "read it already" in screen.post(reverse("platform-notice-reading", args=[message]), follow=True).text
    screen.post(reverse("platform-notice-unread", args=[message]))
    assert UnknownNotice.objects.get().read_at is None


def test_a_case_is_made_of_a_notice_with_what_it_says(screen, store):
    filed(store, a_case_notice(NoticeKind.OTHER, problems=("notice_unknown",)))
    notice = UnknownNotice.objects.get()
    form = reverse("platform-notice-case", args=[notice.pk])
    assert form in screen.get(reverse("platform-notices")).text
    text = screen.get(form).text
    assert "Es geht um einen Antrag." in text
    assert store.name in text
    assert f'name="order_number" maxlength="80" value="{ORDER}"' in text
    assert '<option value="other_case" selected>' in text
    given = {"kind": "a_to_z", "order_number": ORDER, "notice": notice.pk}
    for word in ("Case filed.", "known already"):
        page = screen.post(reverse("case", args=[notice.ticket_id]), given, follow=True).text
        assert word in page
    case = Case.objects.get()
    assert (case.kind, case.order_number, case.tie.ticket_id) == ("a_to_z", ORDER, notice.ticket_id)
    assert "All understood" in screen.get(reverse("platform-notices")).text


def test_what_the_reader_did_find_is_filled_in(screen, store):
    filed(store, a_case_notice(NoticeKind.RETURN_REQUESTED, case_id="5123", problems=("notice_unclear",)))
    text = screen.get(reverse("platform-notice-case", args=[UnknownNotice.objects.get().pk])).text
    assert '<option value="return_request" selected>' in text
    assert 'name="external_id" maxlength="80" value="5123"' in text


def test_a_last_day_and_a_number_that_stand_in_its_words_are_filled_in(screen, store):
    text = "Please upload the invoice by December 1, 2099.\nRequest ID 5304260738"
    notice = a_case_notice(NoticeKind.OTHER, problems=("notice_unknown",), text=text, request_id="5304260738")
    filed(store, notice)
    page = screen.get(reverse("platform-notice-case", args=[UnknownNotice.objects.get().pk])).text
    assert 'name="external_id" maxlength="80" value="5304260738"' in page
    assert 'name="due" value="2099-12-01T01:00"' in page
    assert "The notice says “by December 1, 2099”" in page


def test_what_may_mean_two_things_is_left_to_the_agent(screen, store):
    text = "Answer by December 1, 2099, at the latest until 2099-12-03."
    filed(
        store,
        a_case_notice(NoticeKind.OTHER, problems=("notice_unknown",), text=text, request_id="5304260738", case_id="77"),
    )
    page = screen.get(reverse("platform-notice-case", args=[UnknownNotice.objects.get().pk])).text
    assert 'name="due">' in page
    assert "The notice says" not in page


def test_a_case_that_cannot_be_filed_comes_back_beside_the_notice(screen, store):
    filed(store, a_case_notice(NoticeKind.OTHER, problems=("notice_unknown",)))
    notice = UnknownNotice.objects.get()
    given = {"kind": "a_to_z", "order_number": "303-9", "external_id": "7", "notice": notice.pk}
    text = screen.post(reverse("case", args=[notice.ticket_id]), {**given, "due": "2001-05-04T10:00"}).text
    assert "Es geht um einen Antrag." in text
    assert 'id="case-due_error"' in text
    assert 'name="due" value="2001-05-04T10:00"' in text
    assert 'name="external_id" maxlength="80" value="7"' in text
    assert 'name="order_number" maxlength="80" value="303-9"' in text
    assert not Case.objects.exists()
