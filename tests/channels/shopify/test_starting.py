"""A conversation with a buyer is begun by mail."""

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.outgoing import TAKEN, KeepingTransport, read, reply
from tresen.channels.contract import Refused
from tresen.channels.order_door import OrderRef
from tresen.channels.shopify.starting import START


def test_the_orders_buyer_gets_an_ordinary_mail() -> None:
    transport = KeepingTransport()
    access = OpenAccess(way=CheckedHttp(), mail=transport)
    (opening,) = START.openings
    message = reply("ida@mail.example", subject="Your order #1001", text="It comes on Monday.", quoted="")

    assert START.send(opening, OrderRef(number="#1001"), message, access) == TAKEN
    ((_, recipient, raw),) = transport.taken
    assert recipient == "ida@mail.example"
    assert "It comes on Monday." in read(raw).text
    assert START.allowed is None


def test_a_buyer_without_an_address_cannot_be_written_to() -> None:
    access = OpenAccess(way=CheckedHttp())

    assert isinstance(START.send(START.openings[0], OrderRef(number="#1"), reply("nobody"), access), Refused)
