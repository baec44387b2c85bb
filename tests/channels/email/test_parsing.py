from tests.channels.payloads import mail_payload, recorded, written
from tresen.channels.contract import (
    Automatic,
    DeliveryNotice,
    InboundMessage,
    OwnAnswer,
    StoreView,
    ThreadKey,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.email.parsing import parse

STORE = StoreView(id=1, channel="email", marketplace="", addresses=("hallo@birkenhof.example",))
PASSED = {"Authentication-Results": "mx.shop.example; dmarc=pass header.from=birkenhof.example"}


def message(name: str) -> InboundMessage:
    (found,) = parse(recorded(f"email/{name}.eml", store=STORE))
    assert isinstance(found, InboundMessage)
    return found


def test_new_words_stand_alone_and_name_the_orders() -> None:
    found = message("question_with_history")
    assert found.text == "Vielen Dank, und wann kommt #3002?"
    assert found.order_ids == ("#3001", "#3002")
    assert "#3003" in found.full_text
    assert found.sender.key == "bea.muster@mail.example"
    assert found.sender.reply_to == "Bea.Muster@mail.example"
    assert found.thread_keys[:2] == (
        ThreadKey(kind=ThreadKeyKind.REFERENCE, value="ours@birkenhof.example"),
        ThreadKey(kind=ThreadKeyKind.REFERENCE, value="zero@mail.example"),
    )


def test_a_forwarded_mail_is_kept_whole() -> None:
    found = message("forwarded")
    assert "Ist der Hocker lieferbar?" in found.text
    assert found.extra == {"forwarded": "yes"}


def test_an_automatic_reply_expects_no_answer() -> None:
    found = message("auto_reply")
    assert found.automatic is Automatic.AUTO_REPLY
    assert not found.expects_answer


def test_a_bounce_names_the_answer_it_takes_back() -> None:
    (found,) = parse(recorded("email/bounce.eml", store=STORE))
    assert isinstance(found, DeliveryNotice)
    assert (found.message_id, found.recipient) == ("answer1@birkenhof.example", "gone@mail.example")
    assert (found.permanent, found.status) == (True, "5.1.1")


def test_a_report_of_success_is_shown_and_takes_nothing_back() -> None:
    raw = recorded("email/bounce.eml").body.replace(b"Action: failed", b"Action: delivered")
    (found,) = parse(mail_payload(raw, store=STORE))
    assert isinstance(found, DeliveryNotice)
    assert (found.message_id, found.permanent) == ("answer1@birkenhof.example", False)


def test_a_letter_of_old_that_names_nobody_still_takes_back_the_answer_it_copies() -> None:
    lines = ("It did not work.", "", "--- original message ---", "Message-ID: <answer2@birkenhof.example>")
    headers = {"From": "MAILER-DAEMON@mx.mail.example", "Subject": "failure notice", "Return-Path": "<>"}
    (found,) = parse(mail_payload(written(*lines, headers=headers), store=STORE))
    assert isinstance(found, DeliveryNotice)
    assert (found.message_id, found.recipient) == ("answer2@birkenhof.example", "")


def test_a_form_plugin_of_the_shop_speaks_for_the_one_in_reply_to() -> None:
    found = message("contact_plugin")
    assert (found.sender.key, found.sender.name) == ("ida@mail.example", "Ida Muster")


def test_another_reply_to_changes_where_the_answer_goes_not_who_wrote() -> None:
    headers = {"From": "Bea <bea@mail.example>", "Reply-To": "office@mail.example"}
    (found,) = parse(mail_payload(written("Hallo", headers=headers)))
    assert isinstance(found, InboundMessage)
    assert (found.sender.key, found.sender.reply_to) == ("bea@mail.example", "office@mail.example")


def test_a_copy_of_our_own_mail_is_an_answer_where_our_receiver_confirms_it() -> None:
    raw = recorded("email/our_own_answer.eml").body
    head = b"Authentication-Results: " + PASSED["Authentication-Results"].encode() + b"\r\n"
    (found,) = parse(mail_payload(head + raw, store=STORE))
    assert isinstance(found, OwnAnswer)
    assert (found.recipient, found.buyer_name, found.text) == ("ida@mail.example", "Ida Muster", "Ja, ab Montag.")
    assert ThreadKey(kind=ThreadKeyKind.REFERENCE, value="m5@mails.example") in found.thread_keys


def test_a_sender_whom_our_server_disowned_is_marked() -> None:
    failed = {"Authentication-Results": "mx.shop.example; dmarc=fail header.from=mail.example"}
    (found,) = parse(mail_payload(written("Hallo", headers=failed), store=STORE))
    assert isinstance(found, InboundMessage)
    assert found.problems == ("authentication_failed",)


def test_anybody_can_write_our_address_into_from() -> None:
    found = message("our_own_answer")
    assert found.problems == ("own_sender_unconfirmed",)


def test_a_shop_may_have_order_numbers_of_its_own() -> None:
    store = StoreView(id=1, channel="email", marketplace="", order_id_pattern=r"BH-\d{5}")
    (found,) = parse(mail_payload(written("BH-12345 und #3001"), store=store))
    assert isinstance(found, InboundMessage)
    assert found.order_ids == ("BH-12345",)


def test_a_pattern_of_ones_own_is_looked_for_in_the_beginning_of_a_text_only() -> None:
    store = StoreView(id=1, channel="email", marketplace="", order_id_pattern=r"BH-\d{5}")
    (found,) = parse(mail_payload(written("BH-12345 " + 1_000 * "und noch " + "BH-54321"), store=store))
    assert isinstance(found, InboundMessage)
    assert found.order_ids == ("BH-12345",)


def test_a_pattern_that_is_none_falls_back_to_the_usual_one() -> None:
    store = StoreView(id=1, channel="email", marketplace="", order_id_pattern="(")
    (found,) = parse(mail_payload(written("#3001 und #12 und http://x.example/#3002 und #30015x"), store=store))
    assert isinstance(found, InboundMessage)
    assert found.order_ids == ("#3001",)


def test_a_mail_without_any_sender_is_shown_to_people() -> None:
    (found,) = parse(mail_payload(written("Hallo", headers={"From": ""})))
    assert isinstance(found, Unreadable)
    assert (found.reason, found.excerpt) == ("no_sender", "Hallo")
