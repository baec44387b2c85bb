import pytest

from tests.channels.outgoing import TAKEN, KeepingTransport, OpenAccess, read, reply
from tresen.channels.contract import Refused
from tresen.channels.otto import CONNECTOR
from tresen.channels.otto.sending import send

ALIAS = "4f1c9a7be0d2@customer.otto.market"


def test_an_answer_goes_to_the_alias_without_history_or_marks() -> None:
    transport = KeepingTransport()
    assert send(reply(ALIAS), OpenAccess(transport)) == TAKEN
    ((sender, recipient, raw),) = transport.taken
    assert (sender, recipient) == ("hallo@birkenhof.example", ALIAS)
    assert b"Wo ist mein Paket?" not in raw
    assert not any(name.startswith("x-") for name, _ in read(raw).headers.everything)


@pytest.mark.parametrize("recipient", ["ida@mail.example", "no-reply@customer.otto.market", f"{ALIAS}.evil"])
def test_nothing_leaves_to_any_other_address(recipient: str) -> None:
    transport = KeepingTransport()
    assert isinstance(send(reply(recipient), OpenAccess(transport)), Refused)
    assert transport.taken == []


def test_an_address_of_ours_that_is_none_is_refused() -> None:
    assert isinstance(send(reply(ALIAS, sender="birkenhof"), OpenAccess(KeepingTransport())), Refused)


def test_nobody_is_written_to_who_has_not_written() -> None:
    assert CONNECTOR.start is None
