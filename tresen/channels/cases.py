"""What a platform's notice says of a case: the value a connector gives, by mail or by the platform's API."""

from dataclasses import dataclass
from enum import StrEnum


class CaseKind(StrEnum):
    """What a case is about; the words of the rule packs (`applies_to: {cases: …}`) and of the clocks."""

    A_TO_Z = "a_to_z"
    CHARGEBACK = "chargeback"
    ITEM_NOT_RECEIVED = "item_not_received"
    NOT_AS_DESCRIBED = "not_as_described"
    ESCALATION = "escalation"
    RETURN_REQUEST = "return_request"
    CANCELLATION = "cancellation"
    POLICY_WARNING = "policy_warning"
    DISPUTE = "dispute"
    OTHER = "other_case"


CRITICAL = frozenset(
    {
        CaseKind.A_TO_Z,
        CaseKind.CHARGEBACK,
        CaseKind.ITEM_NOT_RECEIVED,
        CaseKind.NOT_AS_DESCRIBED,
        CaseKind.ESCALATION,
        CaseKind.POLICY_WARNING,
        CaseKind.DISPUTE,
    }
)
"""A ticket with one of these open is of risk tier 0: it costs money or the account."""


class CaseStep(StrEnum):
    """What happened to it. `ASKED`: the platform wants information, and the time for it runs now."""

    OPENED = "opened"
    ASKED = "asked"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNews:
    """One thing told of one case. `kind` is empty where only the number says which; `outcome` is how it closed."""

    step: CaseStep
    kind: CaseKind | None
    external_id: str = ""
    outcome: str = ""
