from tresen.channels.cases import CaseKind, CaseNews, CaseStep
from tresen.channels.contract import NoticeKind
from tresen.channels.mailed.case_news import case_news


def test_a_notice_that_opens_a_case_names_its_kind_and_number() -> None:
    assert case_news(NoticeKind.RETURN_REQUESTED, external_id="5300000001") == CaseNews(
        step=CaseStep.OPENED, kind=CaseKind.RETURN_REQUEST, external_id="5300000001"
    )


def test_a_notice_that_closes_one_says_how_where_the_mail_does() -> None:
    won = case_news(NoticeKind.A_TO_Z_DECIDED, outcome="won")
    assert won is not None
    assert (won.step, won.outcome) == (CaseStep.CLOSED, "won")
    unsaid = case_news(NoticeKind.A_TO_Z_DECIDED)
    assert unsaid is not None
    assert unsaid.outcome == "decided"


def test_a_refund_is_no_case() -> None:
    assert case_news(NoticeKind.REFUND_ISSUED) is None
