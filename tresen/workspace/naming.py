"""What keys are called: the ledger, channels and clocks speak in short words of ours, people in their language."""

from collections.abc import Mapping
from functools import lru_cache

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Names = Mapping[str, str | Promise]

RISKS: Names = {
    "a_to_z_threat": _("threatens an A-to-z claim"),
    "claim_threat": _("threatens a claim"),
    "claim_filed": _("has filed a claim"),
    "platform_warning": _("the platform warns the account"),
    "chargeback_threat": _("threatens a chargeback"),
    "legal_threat": _("mentions a lawyer or authority"),
    "authority_complaint": _("complains through an authority"),
    "bad_review_threat": _("threatens a bad review"),
    "injury": _("speaks of an injury"),
    "third_contact": _("writes for the third time"),
    "vip_escalation": _("asks for a manager"),
    "newsletter": _("a newsletter or advertisement"),
    "thanks": _("says thanks"),
    "compliment": _("a compliment"),
    "by_hand": _("set by hand"),
    "escalated": _("unanswered for too long"),
    "public_feedback": _("bad public feedback"),
    "calmed": _("settled, no longer urgent"),
}
FACTS: Names = {
    "tracking_exception": _("parcel held up"),
    "vip": _("VIP"),
    "returned": _("returned"),
    "fulfilled_by_platform": _("shipped by the platform"),
}
STATUSES: Names = {
    "open": _("open"),
    "waiting": _("waiting"),
    "snoozed": _("snoozed"),
    "solved": _("solved"),
    "closed": _("closed"),
}
WAITING_ON: Names = {"customer": _("for the customer"), "third_party": _("for a third party")}
WAIVE_REASONS: Names = {
    "thanks": _("Only says thanks"),
    "answered_already": _("Answered already"),
    "solved_itself": _("Has solved itself"),
    "duplicate": _("Asked twice"),
    "advertising": _("Advertising"),
    "spam": _("Spam"),
}
RESOLUTIONS: Names = {
    "answered": _("Answered"),
    "refunded": _("Refunded"),
    "replaced": _("Replaced"),
    "returned": _("Taken back"),
    "nothing_owed": _("No response needed"),
}
ROLES: Names = {
    "buyer": _("Buyer"),
    "operator": _("Marketplace operator"),
    "third_party": _("Third party"),
    "platform": _("Platform"),
}
PARTNER_KINDS: Names = {
    "warehouse": _("Warehouse"),
    "carrier": _("Carrier"),
    "supplier": _("Supplier"),
    "other": _("Other"),
}
PARTNER_ICONS = {"warehouse": "warehouse", "carrier": "truck", "supplier": "factory", "other": "building-2"}
NOTICES: Names = {
    "a_to_z_opened": _("A-to-z claim opened"),
    "a_to_z_asked": _("A-to-z claim: the platform asks"),
    "a_to_z_decided": _("A-to-z claim decided"),
    "chargeback_opened": _("Chargeback opened"),
    "chargeback_decided": _("Chargeback decided"),
    "return_authorised": _("Return authorised"),
    "return_requested": _("Return requested"),
    "refund_issued": _("Refund issued"),
    "cancellation_requested": _("Cancellation requested"),
    "cancelled": _("Cancelled"),
    "item_not_received_opened": _("“Item not received” opened"),
    "not_as_described_opened": _("“Not as described” opened"),
    "case_escalated": _("Case escalated to the platform"),
    "case_closed": _("Case closed"),
    "delivery_failed_buyer_opted_out": _("Not delivered: the buyer wants no messages"),
    "delivery_failed": _("Message not delivered"),
    "policy_warning": _("Warning about the platform’s rules"),
    "other": _("Notice of the platform"),
}
MARKS: Names = {
    "story_mention": _("mentions you in a story"),
    "story_reply": _("answers a story of yours"),
    "shared_post": _("shares a post"),
}
"""What is special about a message, among its problems and none."""
WAYS: Names = {
    "public": _("for all to read"),
    "private": _("to its writer alone"),
    "interim": _("interim notice: an answer is still owed"),
}
"""How an answer left, where there were several ways."""

LINKS: Names = {
    "post": _("Open the post"),
    "place": _("Show the place on a map"),
    "story_mention": _("Open the story"),
    "story_reply": _("Open the story"),
    "shared_post": _("Open what was shared"),
}
"""Links of a message that are worth a press; others lead to a platform's own pages and stand elsewhere."""

PROBLEMS: Names = {
    "not_read_whole": _("not read whole"),
    "too_large": _("too large to read whole"),
    "too_slow": _("took too long to read"),
    "reader_crashed": _("the reader gave up"),
    "too_nested": _("nested too deeply"),
    "too_many_parts": _("too many parts"),
    "monstrous_header": _("monstrous header"),
    "headers_damaged": _("damaged headers"),
    "no_sender": _("no sender"),
    "date_unreadable": _("unreadable date"),
    "parts_missing": _("parts are missing"),
    "charset_guessed": _("character set guessed"),
    "encoding_damaged": _("damaged encoding"),
    "html_simplified": _("layout simplified"),
    "text_cut": _("text shortened"),
    "winmail": _("Outlook’s winmail.dat"),
    "encrypted": _("encrypted"),
    "no_content": _("no content"),
    "not_a_log": _("not as it was logged"),
    "looks_like_spam": _("looks like spam"),
    "unsupported_there": _("can be read in the app itself alone"),
    "held_by_another_app": _("another app holds this conversation"),
    "authentication_failed": _("sender not genuine, says your mail server"),
    "not_believed": _("not from the platform, says your mail server"),
    "own_sender_unconfirmed": _("in your own name, and not proven"),
    "frame_unknown": _("the platform's mail has a new form"),
    "files_elsewhere": _("files that lie on the platform alone"),
    "notice_unknown": _("a notice of a kind not known yet"),
    "garbled_text": _("garbled letters"),
    "no_words": _("no words"),
    "unproven_report": _("unproven: changes nothing"),
    "stamped_long_before": _("reached you more than a week after the time it counts from"),
    "no_store_of_channel": _("no store of yours is on this marketplace: its reply times don't count"),
    "no_store_of_marketplace": _("no store of yours is in this country's marketplace"),
    "several_stores": _("more than one store fits"),
    "set_aside": _("could not be filed as it is"),
}
VOID_REASONS: Names = {
    "misread": _("The message expected no answer"),
    "spam": _("It was spam"),
    "wrong_hours": _("Wrong working hours or holiday"),
    "wrong_rules": _("Wrong rules of the platform"),
}
SKIPS: Names = {
    "language": _("Not my language"),
    "needs_expert": _("Needs somebody who knows more"),
    "waiting_for_fact": _("A fact is still missing"),
    "conflict": _("I should not answer this one"),
}
LANES: Names = {
    "claims": _("Claims"),
    "savable": _("Can be kept"),
    "lost": _("All missed"),
    "pre_sale": _("Before buying"),
}
LANE_HINTS: Names = {
    "claims": _("tier 0: claims, threats, injuries"),
    "savable": _("whatever can still be answered in time"),
    "lost": _("what was promised is missed for good"),
    "pre_sale": _("who asks before buying; part of what can be kept, unless it has a share"),
}


SECTIONS = {0: _("High risk"), 1: _("In danger or raised"), 2: _("Normal"), 3: _("Low"), 9: _("All missed")}
"""The parts of the queue, in its order."""

TIERS = (
    _("Tier 0: answer at once"),
    _("Tier 1: raised"),
    _("Tier 2: normal"),
    _("Tier 3: low"),
)


def name_of(key: str, names: Names) -> str:
    """The key's name; an unknown key stands for itself, readable: a newer channel must not break a screen."""
    return str(names[key]) if key in names else key.replace("_", " ")


def section_name(queue_tier: int) -> str:
    """What the part of the queue is called."""
    return str(SECTIONS[queue_tier])


def tier_name(tier: int, reason: str = "") -> str:
    """The tier in words, with its reason where there is one. Remembered: a list asks for it on every row."""
    return _tier_name(tier, reason, translation.get_language() or "en")


@lru_cache(maxsize=500)
def _tier_name(tier: int, reason: str, language: str) -> str:
    del language
    return f"{TIERS[tier]} – {name_of(reason, RISKS)}" if reason else str(TIERS[tier])
