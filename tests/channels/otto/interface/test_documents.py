"""A receipt is brought as OTTO made it for the buyer."""

from collections.abc import Callable

from tests.channels.asking import OpenAccess
from tests.factories.sales import a_sale
from tresen.channels.feeds import Stopped
from tresen.channels.files import GONE, FileBrought, FileNotHad
from tresen.channels.http import HttpOutcome, HttpResponse
from tresen.channels.otto import CONNECTOR
from tresen.fakes.otto import FakeOtto
from tresen.fakes.world import World
from tresen.files.sniffing import kind_of


def bring(number: str, access: OpenAccess) -> object:
    assert CONNECTOR.order is not None
    assert CONNECTOR.order.bring is not None
    return CONNECTOR.order.bring(number, access)


def test_an_invoice_and_a_credit_note_are_brought_by_their_numbers(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()])
    world.ship("ORD-1-A", carrier="HERMES", tracking="H1")
    back = world.refund("ORD-1-A", amount=990, reason="PARTIAL_REFUND")

    for number, sum_ in (("p-ORD-1-A", b"99.80"), (back.id, b"9.90")):
        came = bring(number, access)
        assert isinstance(came, FileBrought)
        assert kind_of(came.content) == "application/pdf"
        assert number.encode() in came.content
        assert sum_ in came.content
    assert access.way.asked[-1].headers["accept"] == "application/pdf"


def test_a_number_is_one_piece_of_the_address(answering: Callable[..., OpenAccess]) -> None:
    access = answering(HttpResponse(status=200, headers={}, body=b"%PDF-1.4"))
    assert isinstance(bring("2026/0001", access), FileBrought)
    assert access.way.asked[-1].address.endswith("/v3/receipts/2026%2F0001.pdf")


def test_a_receipt_that_otto_does_not_have_is_not_had(access: OpenAccess) -> None:
    assert bring("p-none", access) == FileNotHad(GONE)


def test_where_receipts_may_not_be_read_it_is_said(world: World, otto: FakeOtto, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()])
    otto.allowed -= {"receipts"}
    came = bring("p-ORD-1-A", access)
    assert isinstance(came, Stopped)
    assert came.lacks


def test_a_broken_answer_is_no_document(answering: Callable[..., OpenAccess]) -> None:
    broken: HttpOutcome = HttpResponse(status=502, headers={}, body=b"Bad gateway")
    came = bring("2026-0001", answering(broken))
    assert isinstance(came, Stopped)
    assert came.reason.startswith("502")
