"""What the kinds of notices say of cases, the same on every platform."""

from collections.abc import Mapping

from tresen.channels.cases import CaseKind, CaseNews, CaseStep
from tresen.channels.inbound import NoticeKind

_NEWS: Mapping[NoticeKind, tuple[CaseStep, CaseKind | None]] = {
    NoticeKind.A_TO_Z_OPENED: (CaseStep.OPENED, CaseKind.A_TO_Z),
    NoticeKind.A_TO_Z_ASKED: (CaseStep.ASKED, CaseKind.A_TO_Z),
    NoticeKind.A_TO_Z_DECIDED: (CaseStep.CLOSED, CaseKind.A_TO_Z),
    NoticeKind.CHARGEBACK_OPENED: (CaseStep.OPENED, CaseKind.CHARGEBACK),
    NoticeKind.CHARGEBACK_DECIDED: (CaseStep.CLOSED, CaseKind.CHARGEBACK),
    NoticeKind.ITEM_NOT_RECEIVED_OPENED: (CaseStep.OPENED, CaseKind.ITEM_NOT_RECEIVED),
    NoticeKind.NOT_AS_DESCRIBED_OPENED: (CaseStep.OPENED, CaseKind.NOT_AS_DESCRIBED),
    NoticeKind.CASE_ESCALATED: (CaseStep.OPENED, CaseKind.ESCALATION),
    NoticeKind.CASE_CLOSED: (CaseStep.CLOSED, None),
    NoticeKind.RETURN_REQUESTED: (CaseStep.OPENED, CaseKind.RETURN_REQUEST),
    NoticeKind.RETURN_AUTHORISED: (CaseStep.CLOSED, CaseKind.RETURN_REQUEST),
    NoticeKind.CANCELLATION_REQUESTED: (CaseStep.OPENED, CaseKind.CANCELLATION),
    NoticeKind.CANCELLED: (CaseStep.CLOSED, CaseKind.CANCELLATION),
    NoticeKind.POLICY_WARNING: (CaseStep.OPENED, CaseKind.POLICY_WARNING),
}


def case_news(kind: NoticeKind, *, external_id: str = "", outcome: str = "") -> CaseNews | None:
    """What a notice of this kind says of a case; None where it says nothing of any."""
    if kind not in _NEWS:
        return None
    step, about = _NEWS[kind]
    ended = outcome or "decided" if step is CaseStep.CLOSED else ""
    return CaseNews(step=step, kind=about, external_id=external_id[:80], outcome=ended)
