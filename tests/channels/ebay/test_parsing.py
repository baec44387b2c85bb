import base64
from datetime import date

import pytest

from tests.channels.payloads import mail_payload, recorded, written
from tresen.channels.contract import (
    IdentityKind,
    InboundMessage,
    NoticeKind,
    PlatformNotice,
    ReplyBy,
    ThreadKey,
    ThreadKeyKind,
)
from tresen.channels.ebay.addresses import claims
from tresen.channels.ebay.parsing import parse
from tresen.mail.parsed import Address, MailHeaders, Verdict

ALIAS = "0123456789abcdef0123@members.ebay.de"


def message(name: str) -> InboundMessage:
    (found,) = parse(recorded(f"ebay/{name}.eml"))
    assert isinstance(found, InboundMessage)
    return found


def notice(subject: str, *lines: str) -> PlatformNotice:
    (found,) = parse(mail_payload(written("Hi", *lines, headers={"From": "eBay <ebay@ebay.com>", "Subject": subject})))
    assert isinstance(found, PlatformNotice)
    return found


@pytest.mark.parametrize(
    ("sender", "claimed"),
    [
        (ALIAS, True),
        ("ebay@ebay.co.uk", True),
        ("x@members.ebay.de.evil.example", False),
        ("x@evilmembers.ebay.de", False),
        ("x@members.ebay.evil", False),
        ("x@notebay.com", False),
    ],
)
def test_only_exact_hosts_are_ebays(sender: str, claimed: bool) -> None:  # noqa: FBT001
    assert (claims(MailHeaders(sender=Address(email=sender))) is not None) is claimed


def test_a_notice_that_failed_a_check_is_not_believed_a_members_mail_is_flagged() -> None:
    failed = Verdict.FAIL
    assert claims(MailHeaders(sender=Address(email="ebay@ebay.de"), authenticated=failed)) is None
    assert claims(MailHeaders(sender=Address(email=ALIAS), authenticated=failed)) is not None


def test_a_stranger_who_names_an_alias_in_reply_to_is_not_ebays() -> None:
    headers = MailHeaders(sender=Address(email="x@evil.example"), reply_to=(Address(email=ALIAS),))
    assert claims(headers) is None


def test_the_newest_words_are_the_members_and_older_turns_are_left_out() -> None:
    found = message("message_de_html")
    assert found.text == "Guten Tag,\nist der Hocker geölt?\n\nItem ID: ist das die Artikelnummer?"
    assert found.item_ids == ("220000000001",)
    assert found.problems == ()


def test_a_member_is_known_by_user_name_and_answered_at_the_alias() -> None:
    found = message("message_de_html")
    assert (found.sender.kind, found.sender.key) == (IdentityKind.USERNAME, "holzwurm-77")
    assert found.sender.reply_to == "aabbccddeeff00112233@members.ebay.de"
    assert found.thread_keys == (ThreadKey(kind=ThreadKeyKind.BUYER, value="holzwurm-77"),)


def test_without_a_user_name_the_alias_is_the_identity() -> None:
    (found,) = parse(mail_payload(written("Hi", headers={"From": ALIAS})))
    assert isinstance(found, InboundMessage)
    assert (found.sender.kind, found.sender.key) == (IdentityKind.RELAY, ALIAS)


def test_the_reference_is_kept_for_the_answer_pair_or_single() -> None:
    assert message("message_de_html").reply_reference == "[#a11-birkenhof1#]_[#00aa11bb22cc33dd44ee55ff66778899#]"
    assert message("message_older_reference").reply_reference == "[#22aa11bb22cc33dd44ee55ff66778899#]"
    assert message("message_unknown_frame").reply_reference == ""


def test_a_reference_the_member_pasted_is_not_ebays() -> None:
    pasted = "[#a11-xxxxxxxxxx#]_[#ffffffffffffffffffffffffffffffff#]"
    real = "[#a11-birkenhof1#]_[#00aa11bb22cc33dd44ee55ff66778899#]"
    lines = (
        "New message from: member (1)",
        f"see {pasted}",
        "Dear shop,",
        f"see {pasted}",
        f"Email reference id: {real}",
    )
    (found,) = parse(mail_payload(written(*lines, headers={"From": f"eBay - member <{ALIAS}>"})))
    assert isinstance(found, InboundMessage)
    assert found.reply_reference == real


def test_a_plain_frame_is_cut_at_ebays_lines_not_at_the_members() -> None:
    assert message("message_en_plain").text == "Can you ship to Malta?\nReply before Friday please."


def test_an_older_block_is_read_and_its_order_kept() -> None:
    found = message("message_older_reference")
    assert (found.text, found.order_ids, found.item_ids) == ("Is it oak?", ("11-10001-20002",), ("220000000003",))


def test_an_unknown_frame_is_kept_whole() -> None:
    found = message("message_unknown_frame")
    assert found.text == found.full_text.strip()
    assert found.problems == ("frame_unknown",)


def test_answers_belong_on_the_platform_and_mail_is_only_a_second_way() -> None:
    found = message("message_en_plain")
    assert found.reply_by is ReplyBy.PLATFORM
    assert found.extra["reply_by_email_unverified"] == "true"


def test_the_alias_tells_the_store_its_site_but_a_member_is_the_same_on_all_of_them() -> None:
    claim = claims(MailHeaders(sender=Address(email=ALIAS)))
    assert claim is not None
    assert claim.marketplace == "ebay.de"
    assert message("message_de_html").marketplace is None


def test_ebay_com_names_no_site() -> None:
    claim = claims(MailHeaders(sender=Address(email="0123456789abcdef0123@members.ebay.com")))
    assert claim is not None
    assert claim.marketplace is None


@pytest.mark.parametrize(
    ("subject", "kind", "what"),
    [
        (
            "Your buyer opened an item not received request: Request 5300000001",
            NoticeKind.ITEM_NOT_RECEIVED_OPENED,
            None,
        ),
        ("Case #5100000001: Your case is on hold - item not received", NoticeKind.OTHER, "case_on_hold"),
        ("Case #5100000001: Buyer contacted customer service", NoticeKind.CASE_ESCALATED, None),
        ("Request 5300000001 was closed by the buyer", NoticeKind.CASE_CLOSED, None),
        ("New return request", NoticeKind.RETURN_REQUESTED, None),
        ("Your buyer requested a return", NoticeKind.RETURN_REQUESTED, None),
        ("Return approved", NoticeKind.RETURN_AUTHORISED, None),
        ("A buyer wants to cancel an order", NoticeKind.CANCELLATION_REQUESTED, None),
        ("Refund issued", NoticeKind.REFUND_ISSUED, None),
        ("We sent your payout", NoticeKind.OTHER, "payout"),
    ],
)
def test_a_notice_is_known_by_its_subject(subject: str, kind: NoticeKind, what: str | None) -> None:
    found = notice(subject)
    assert (found.kind, found.extra.get("what")) == (kind, what)
    assert found.problems == ()


def test_an_unknown_notice_is_filed_and_flagged() -> None:
    assert notice("Herbstaktion").problems == ("notice_unknown",)


def test_a_return_request_names_all_that_it_is_about() -> None:
    (found,) = parse(recorded("ebay/return_requested_en.eml"))
    assert isinstance(found, PlatformNotice)
    assert (found.buyer_name, found.order_ids, found.item_ids) == ("stoolfan-9", ("11-10003-20004",), ("220000000002",))
    assert found.extra == {"return_id": "5200000000001"}
    assert found.deadline is not None
    assert (found.deadline.stated, found.deadline.on) == ("by 11/24/2026", date(2026, 11, 24))


@pytest.mark.parametrize(
    "subject",
    [
        "Artikel nicht erhalten: Fall wurde geschlossen",
        "Ihr Fall geschlossen (nicht wie beschrieben)",
        "Oggetto non ricevuto: il caso è stato chiuso",
        "Objet non reçu : votre dossier a été clos",
        "Artículo no recibido: caso cerrado",
        "Item not received: the request is now closed",
    ],
)
def test_what_is_closed_is_not_opened_by_the_words_of_what_it_was_about(subject: str) -> None:
    found = notice(f"=?utf-8?b?{base64.b64encode(subject.encode()).decode()}?=", "Request ID: 5300000001")
    assert found.kind is NoticeKind.CASE_CLOSED
    assert (found.case.external_id, found.problems) == ("5300000001", ())


def test_a_closing_without_a_number_is_shown_to_a_person() -> None:
    assert notice("Your case is now closed").problems == ("notice_unclear",)


def test_a_closed_return_is_known_by_the_returns_own_number() -> None:
    found = notice("Return closed", "Case ID: 5100000001", "Return ID: 5200000000001")
    assert found.case.external_id == "5200000000001"


def test_the_number_in_the_subject_is_the_notices_own() -> None:
    found = notice("Case #5100000001: Buyer contacted customer service", "About request ID 5300000001")
    assert found.case.external_id == "5100000001"


@pytest.mark.parametrize(
    ("site", "written_day", "day"),
    [
        ("com", "12/05/2026", date(2026, 12, 5)),
        ("co.uk", "05/12/2026", date(2026, 12, 5)),
        ("co.uk", "25/11/2026", date(2026, 11, 25)),
        ("com", "05/12/2026", None),  # in May, and the mail is of November: this was read the wrong way round
    ],
)
def test_a_day_is_read_as_the_site_writes_it_and_never_before_the_mail(
    site: str, written_day: str, day: date | None
) -> None:
    headers = {"From": f"eBay <ebay@ebay.{site}>", "Subject": "New return request"}
    (found,) = parse(mail_payload(written(f"Respond by {written_day}.", headers=headers)))
    assert isinstance(found, PlatformNotice)
    assert (found.deadline.on if found.deadline else None) == day
