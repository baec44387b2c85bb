from tests.channels.payloads import RECEIVED, mail_payload, recorded, written
from tresen.channels.amazon.parsing import parse
from tresen.channels.contract import (
    Automatic,
    DeliveryNotice,
    IdentityKind,
    InboundMessage,
    OwnAnswer,
    PlatformNotice,
    ReplyBy,
    Role,
    ThreadKey,
    ThreadKeyKind,
    Verdict,
)

FAILED = "mx.shop.example; dmarc=fail header.from=amazon.com"


def message(name: str) -> InboundMessage:
    (found,) = parse(recorded(f"amazon/{name}.eml"))
    assert isinstance(found, InboundMessage)
    return found


def relayed(*lines: str, **headers: str) -> InboundMessage:
    usual = {"From": "Kai Muster <abc123@marketplace.amazon.de>", "Subject": "Frage"}
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    (found,) = parse(mail_payload(written(*lines, headers=usual | more)))
    assert isinstance(found, InboundMessage)
    return found


def test_a_question_names_items_order_thread_and_buyer() -> None:
    found = message("question_en_two_items")
    assert found.text == "Hello,\n\nis the stool's seat 30 cm wide?\n-- Nora"
    assert found.order_ids == ("202-1000001-2000001",)
    assert found.item_ids == ("B0BIRCH001", "B0LINEN002")
    assert found.marketplace == "amazon.co.uk"
    assert found.thread_keys == (
        ThreadKey(kind=ThreadKeyKind.THREAD, value="THREADNORA"),
        ThreadKey(kind=ThreadKeyKind.ORDER, value="202-1000001-2000001"),
        ThreadKey(kind=ThreadKeyKind.BUYER, value="hb3x9k2m7q4w1z@marketplace.amazon.co.uk"),
    )
    assert "Was this email helpful?" in found.full_text


def test_the_case_in_the_address_is_kept_for_the_answer_and_left_out_of_the_identity() -> None:
    found = message("question_pt_case_in_from")
    assert found.sender.key == "c5v8b1n4m7k0j3@marketplace.amazon.com.br"
    assert found.sender.reply_to.startswith("c5v8b1n4m7k0j3+1a2b3c4d-")
    assert found.thread_keys[0] == ThreadKey(kind=ThreadKeyKind.CASE, value="1a2b3c4d-1111-4222-8333-abcdefabcdef")


def test_a_photo_without_words_is_a_message() -> None:
    found = message("photo_only_html")
    assert found.text == ""
    assert [file.name for file in found.attachments] == ["riss.jpg"]
    assert found.problems == ()


def test_a_garbled_older_frame_is_mended_and_flagged() -> None:
    found = message("question_fr_garbled_older_frame")
    assert found.text == "Où est mon colis ? Le suivi n'a pas bougé."
    assert found.problems == ("garbled_text",)


def test_a_business_buyer_is_shared_and_threads_by_order_alone() -> None:
    found = message("business_buyer")
    assert found.sender.kind is IdentityKind.SHARED
    assert {key.kind for key in found.thread_keys} == {ThreadKeyKind.ORDER}


def test_an_unknown_frame_is_kept_whole() -> None:
    found = message("unknown_frame")
    assert found.text == found.full_text.strip()
    assert found.problems == ("frame_unknown",)


def test_a_reply_from_the_buyers_own_program_refers_to_our_mail() -> None:
    found = message("own_mail_program")
    assert found.text == "Danke, aber das Paket ist noch nicht da."
    references = [key.value for key in found.thread_keys if key.kind is ThreadKeyKind.REFERENCE]
    assert references == ["reply1@birkenhof.example", "first@mails.example"]


def test_amazons_bulk_headers_do_not_make_a_buyers_words_automatic() -> None:
    found = relayed("Wo ist mein Paket?", Precedence="bulk", Return_Path="<>")
    assert found.automatic is Automatic.NO
    assert found.expects_answer


def test_an_out_of_office_note_through_the_relay_expects_no_answer() -> None:
    found = relayed("Ich bin im Urlaub.", Auto_Submitted="auto-replied")
    assert found.automatic is Automatic.AUTO_REPLY
    assert not found.expects_answer


def test_the_clock_starts_when_the_mail_reached_us_not_when_its_sender_says() -> None:
    found = relayed("Hallo", Date="Thu, 01 Jan 2099 00:00:00 +0000")
    assert found.occurred_at == RECEIVED
    assert found.claimed_at is not None
    assert found.claimed_at.year == 2099


def test_a_buyers_mail_that_failed_a_check_says_so() -> None:
    found = relayed("Hallo", Authentication_Results=FAILED)
    assert found.authenticated is Verdict.FAIL
    assert "authentication_failed" in found.problems
    assert found.sender.kind is IdentityKind.RELAY


def test_a_notice_that_failed_a_check_becomes_an_ordinary_mail() -> None:
    found = relayed(
        "We closed your claim.",
        From="donotreply@amazon.com",
        X_Space_Notification_Type="A_Z_CLAIM_RESPONDENT_CLOSE",
        Authentication_Results=FAILED,
    )
    assert found.sender.kind is IdentityKind.EMAIL
    assert found.problems == ("not_believed",)


def test_a_buyer_cannot_pass_his_words_off_as_our_own_answer() -> None:
    for headers in ({}, {"X_Space_Notification_Type": "BBC_MESSAGE_CONFIRMATION_TO_MERCHANT"}):
        found = relayed("here is a copy of the e-mail that you sent", **headers)
        assert found.sender.kind is IdentityKind.RELAY


def test_a_buyer_cannot_pass_his_words_off_as_a_notice() -> None:
    found = relayed("Hallo", X_Space_Notification_Type="BUYER_OPTED_OUT_BSM_MESSAGES")
    assert found.text == "Hallo"


def test_a_mail_of_amazons_service_for_a_customer_is_owed_to_the_operator() -> None:
    found = message("operator_inquiry_en")
    assert found.role is Role.OPERATOR
    assert found.reply_by is ReplyBy.PLATFORM
    assert found.text == "The customer asks for a new leg."
    assert found.order_ids == ("202-1000015-2000015",)


def test_an_unknown_mail_of_amazons_is_filed_and_flagged() -> None:
    (found,) = parse(recorded("amazon/unknown_notice.eml"))
    assert isinstance(found, PlatformNotice)
    assert found.problems == ("notice_unknown",)


def test_copies_of_own_answers_are_answers_not_questions() -> None:
    (todays,) = parse(recorded("amazon/own_answer_pt.eml"))
    assert isinstance(todays, OwnAnswer)
    assert (todays.buyer_name, todays.text) == ("Rui Exemplo", "Olá Rui,\no banco aguenta 120 kg.")
    assert (todays.order_ids, todays.marketplace) == ((), "amazon.com.br")
    (older,) = parse(recorded("amazon/own_answer_older_en.eml"))
    assert isinstance(older, OwnAnswer)
    assert (older.text, older.order_ids) == ("It left today.", ("202-1000001-2000001",))


def test_a_buyer_who_writes_of_a_failed_delivery_is_no_bounce() -> None:
    found = relayed("Wo bleibt es?", Subject="Delivery failed", Return_Path="<>")
    assert found.text == "Wo bleibt es?"


def test_a_report_of_amazons_mail_server_takes_the_answer_back() -> None:
    raw = recorded("email/bounce.eml").body.replace(
        b"mailer-daemon@mx.birkenhof.example", b"postmaster@marketplace.amazon.de"
    )
    (found,) = parse(mail_payload(raw))
    assert isinstance(found, DeliveryNotice)
    assert found.message_id == "answer1@birkenhof.example"
