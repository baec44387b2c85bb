from django.urls import reverse

from tests.factories.cases import a_case_notice
from tests.factories.messages import filed
from tresen.channels.contract import NoticeKind
from tresen.duties.models import UnknownNotice


def test_a_notice_that_nobody_understood_is_listed_until_it_is_read(screen, store):
    filed(store, a_case_notice(NoticeKind.OTHER, problems=("notice_unknown",)))
    message = UnknownNotice.objects.get().pk
    assert "Es geht um einen Antrag." in screen.get(reverse("platform-notices")).text
    text = screen.post(reverse("platform-notice-reading", args=[message]), follow=True).text
    assert "All understood" in text
    assert "read it already" in screen.post(reverse("platform-notice-reading", args=[message]), follow=True).text
    screen.post(reverse("platform-notice-unread", args=[message]))
    assert UnknownNotice.objects.get().read_at is None
