import pytest

from tests.channels.payloads import mail_payload, recorded, written
from tresen.channels.contract import InboundMessage, PlatformNotice, ThreadKeyKind
from tresen.channels.walmart.parsing import claims, parse
from tresen.mail.parsed import Address, MailHeaders, Verdict

RELAY = "AABBCCDDEEFF00112233445566778899@relay.walmart.com"


def message(name: str) -> InboundMessage:
    (found,) = parse(recorded(f"walmart/{name}.eml"))
    assert isinstance(found, InboundMessage)
    return found


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        (RELAY, "relay"),
        ("no-reply@relay.walmart.com", "notice"),
        ("no-reply@es.relay.walmart.com", "notice"),
        ("x@relay.walmart.com.evil.example", None),
        ("x@evilrelay.walmart.com", None),
        ("x@mail.example", None),
    ],
)
def test_only_the_exact_relay_host_is_a_buyers(sender: str, reason: str | None) -> None:
    claim = claims(MailHeaders(sender=Address(email=sender)))
    assert (claim.reason if claim else None) == reason


def test_a_notice_that_failed_a_check_is_not_believed() -> None:
    headers = MailHeaders(sender=Address(email="no-reply@relay.walmart.com"), authenticated=Verdict.FAIL)
    assert claims(headers) is None


def test_the_words_stand_between_the_label_and_the_note() -> None:
    found = message("message_text")
    assert found.text == "One leg is missing.\nIt is also in order 2000000000556."
    assert found.order_ids == ("2000000000555", "2000000000556")
    assert found.item_ids == ("100000555",)
    assert found.extra == {"ref_id": "00112233445566778899AABBCCDDEEFF"}


def test_canadas_shorter_order_numbers_count_behind_their_label() -> None:
    found = message("message_canada_html")
    assert (found.text, found.order_ids) == ("Where is it?\nThanks", ("5000000555",))


def test_the_deadline_is_what_the_mail_states() -> None:
    deadline = message("message_text").deadline
    assert deadline is not None
    assert (deadline.stated, deadline.amount, deadline.unit) == ("within 1 business day", 1, "business_days")


def test_mails_are_tied_by_order_because_every_mail_has_another_address() -> None:
    found = message("message_text")
    assert {key.kind for key in found.thread_keys} == {ThreadKeyKind.ORDER}
    assert found.sender.reply_to == RELAY


def test_an_unknown_frame_is_kept_whole_and_flagged() -> None:
    found = message("unknown_frame")
    assert (found.text, found.problems) == ("Is the stool in stock?", ("frame_unknown",))


def test_a_mail_from_the_customers_own_program_loses_its_history() -> None:
    (found,) = parse(mail_payload(written("Thanks!", "", "> Your order left.", headers={"From": RELAY})))
    assert isinstance(found, InboundMessage)
    assert (found.text, found.problems) == ("Thanks!", ())


def test_walmarts_own_mail_is_filed_and_flagged() -> None:
    (found,) = parse(recorded("walmart/platform_mail.eml"))
    assert isinstance(found, PlatformNotice)
    assert found.problems == ("notice_unknown",)
