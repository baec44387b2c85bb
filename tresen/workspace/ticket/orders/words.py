"""What an order's and a customer's keys are called."""

from django.utils.translation import gettext_lazy as _

from tresen.sla.duty_sentences import duty_names
from tresen.workspace.naming import Names

ORDER_STATES: Names = {
    "pending": _("not released yet"),
    "open": _("not shipped yet"),
    "part_shipped": _("partly shipped"),
    "shipped": _("shipped"),
    "delivered": _("delivered"),
    "cancelled": _("cancelled"),
    "returned": _("returned"),
}
PAYMENTS: Names = {
    "pending": _("not paid yet"),
    "paid": _("paid"),
    "part_refunded": _("partly refunded"),
    "refunded": _("refunded"),
}
SEGMENTS: Names = {"new": _("first contact"), "regular": _("regular customer"), "vip": _("VIP")}
RETURN_STATES: Names = {
    "requested": _("requested"),
    "authorised": _("authorised"),
    "on_the_way": _("on the way"),
    "received": _("received"),
    "refunded": _("refunded"),
    "refused": _("refused"),
    "closed": _("closed"),
}
DOCUMENTS: Names = {
    "invoice": _("Invoice"),
    "credit_note": _("Credit note"),
    "part_credit_note": _("Credit note for a part"),
}
RETURN_REASONS: Names = {
    "changed_mind": _("changed my mind"),
    "defective": _("defective"),
    "not_as_expected": _("not as expected"),
    "too_large": _("too large"),
}
SOURCES: Names = {
    "message": _("named in the message"),
    "agent": _("said by a team member"),
    "begun": _("written from this order"),
}
CANDIDATES: Names = {
    "listing": _("same listing and buyer"),
    "article": _("holds what the message names"),
    "latest": _("the buyer’s latest"),
    "earlier": _("an earlier one of the buyer"),
}
CASE_STATES: Names = {
    "open": _("to be answered"),
    "answered": _("answered: the platform decides"),
    "closed": _("closed"),
}
CASE_TONES = {"open": "late", "answered": "waiting"}
EVIDENCE: Names = {
    "same_email": _("same e-mail address"),
    "same_order": _("same order"),
    "by_hand": _("said by a colleague"),
}


def case_title(kind: str) -> str:
    """What a case is called, by the word that its clock has too."""
    name = duty_names().get(kind, kind)
    return name[:1].upper() + name[1:]
