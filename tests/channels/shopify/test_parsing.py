import pytest

from tests.channels.payloads import mail_payload, recorded, written
from tresen.channels.contract import Ignored, InboundMessage, PlatformNotice, ReplyBy
from tresen.channels.shopify.parsing import claims, parse, read_fields
from tresen.mail.parsed import Address, MailHeaders, Verdict


def message(name: str) -> InboundMessage:
    (found,) = parse(recorded(f"shopify/{name}.eml"))
    assert isinstance(found, InboundMessage)
    return found


@pytest.mark.parametrize("sender", ["mailer@shopify.com.evil.example", "x@shopify.com", "mailer@evilshopify.com"])
def test_only_the_exact_mailer_is_shopifys(sender: str) -> None:
    assert claims(MailHeaders(sender=Address(email=sender))) is None


def test_a_form_that_failed_a_check_is_not_believed() -> None:
    sender = Address(email="mailer@shopify.com")
    assert claims(MailHeaders(sender=sender)) is not None
    assert claims(MailHeaders(sender=sender, authenticated=Verdict.FAIL)) is None


def test_a_form_gives_the_shopper_his_words_and_a_subject_of_his_own() -> None:
    found = message("form_en")
    assert (found.sender.name, found.sender.key) == ("Robin Muster", "robin@mail.example")
    assert found.subject == "My order #2001 and #2002 came together."
    assert found.order_ids == ("#2001", "#2002")
    assert found.extra == {"phone": "+43 1 0000001", "country_code": "AT"}
    assert found.reply_by is ReplyBy.EMAIL_NEW_THREAD


def test_a_label_alone_on_a_line_of_the_body_is_the_shoppers() -> None:
    assert message("form_en").text.endswith("Email:\nis the best way to reach me.")


def test_a_form_in_an_unknown_language_is_kept_whole_and_answered_at_reply_to() -> None:
    found = message("form_unknown_language")
    assert found.sender.reply_to == "eleni@mail.example"
    assert found.text == found.full_text.strip()
    assert found.problems == ("frame_unknown",)


def test_without_reply_to_the_form_names_the_address() -> None:
    lines = ("You received a new message from your online store's contact form.", "", "Email:", "a@mail.example", "")
    headers = {"From": "mailer@shopify.com", "Subject": "New customer message on %{creation_date}"}
    (found,) = parse(mail_payload(written(*lines, "Body:", "Hi", headers=headers)))
    assert isinstance(found, InboundMessage)
    assert (found.sender.key, found.text) == ("a@mail.example", "Hi")


def test_fields_with_values_on_their_line_are_no_labels() -> None:
    assert read_fields("Name:\nRobin\n\nBody:\nName: on the label") == {"name": "Robin", "body": "Name: on the label"}


def test_payouts_are_ignored_and_other_mails_of_the_shop_filed() -> None:
    assert parse(recorded("shopify/payout.eml")) == (Ignored(reason="shop_notification"),)
    (found,) = parse(recorded("shopify/order_notification.eml"))
    assert isinstance(found, PlatformNotice)
    assert found.order_ids == ("#2004",)
