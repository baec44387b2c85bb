from datetime import timedelta

import pytest

from tests.local.demo.tale.test_mails import NOW, meaning_of, thread_of
from tresen.channels.cases import CaseStep
from tresen.channels.contract import DeliveryNotice, NoticeKind, OwnAnswer, PlatformNotice
from tresen.duties.news import due_of
from tresen.local.demo.tale.notices import AMAZON_KINDS, EBAY_KINDS, notice_payload, own_answer_payload

KINDS = {
    "a_to_z_opened": NoticeKind.A_TO_Z_OPENED,
    "a_to_z_asked": NoticeKind.A_TO_Z_ASKED,
    "return_authorised": NoticeKind.RETURN_AUTHORISED,
    "refund_issued": NoticeKind.REFUND_ISSUED,
    "opted_out": NoticeKind.DELIVERY_FAILED_BUYER_OPTED_OUT,
    "item_not_received_opened": NoticeKind.ITEM_NOT_RECEIVED_OPENED,
    "return_requested": NoticeKind.RETURN_REQUESTED,
}


@pytest.mark.parametrize(
    ("store", "kind"),
    [
        *(("amazon_de", kind) for kind in AMAZON_KINDS),
        *(("amazon_it", kind) for kind in AMAZON_KINDS),
        *(("ebay_de", kind) for kind in EBAY_KINDS),
    ],
)
def test_each_notice_is_recognised_with_its_order(store, kind):
    thread = thread_of(store)
    _, meanings = meaning_of(thread, notice_payload(thread, kind, at=NOW, number=3))
    notice = meanings[0]
    assert isinstance(notice, PlatformNotice)
    assert notice.kind is KINDS[kind]
    assert notice.order_ids == (thread.order.number,)
    assert notice.problems == ()


def test_amazon_asks_for_information_within_three_days_of_its_mail():
    thread = thread_of("amazon_de")
    _, (notice,) = meaning_of(thread, notice_payload(thread, "a_to_z_asked", at=NOW, number=3))
    assert notice.case.step is CaseStep.ASKED
    assert due_of(notice.deadline, asked=True, at=NOW) == NOW + timedelta(days=3)


def test_an_answer_the_buyer_refused_is_taken_back():
    thread = thread_of("amazon_it")
    _, meanings = meaning_of(thread, notice_payload(thread, "opted_out", at=NOW, number=3))
    assert [type(one) for one in meanings] == [PlatformNotice, DeliveryNotice]


def test_a_copy_of_an_answer_given_in_seller_central_is_an_answer():
    thread = thread_of("amazon_de")
    raw = own_answer_payload(thread, "Ist unterwegs.", at=NOW, number=3)
    _, (answer,) = meaning_of(thread, raw)
    assert isinstance(answer, OwnAnswer)
    assert answer.text == "Ist unterwegs."
    assert answer.order_ids == (thread.order.number,)


def test_ebay_says_until_when_to_respond():
    thread = thread_of("ebay_de")
    _, (notice,) = meaning_of(thread, notice_payload(thread, "item_not_received_opened", at=NOW, number=3))
    assert notice.deadline is not None
    assert notice.deadline.on == (NOW + timedelta(days=3)).date()


@pytest.mark.parametrize(("store", "kind"), [("amazon_de", "return_authorised"), ("ebay_de", "return_requested")])
def test_a_return_is_told_of_in_words(store, kind):
    thread = thread_of(store)
    thread.order.return_reason = "not_as_expected"
    mail = notice_payload(thread, kind, at=NOW, number=3).decode()
    assert "not as expected" in mail
    assert "not_as_expected" not in mail
