import pytest

from tests.channels.outgoing import TAKEN, KeepingTransport, OpenAccess, read, reply
from tresen.channels.contract import Refused
from tresen.channels.walmart.sending import send

RELAY = "AABBCCDDEEFF00112233445566778899@relay.walmart.com"


def test_an_answer_goes_to_the_relay_without_history_or_marks() -> None:
    transport = KeepingTransport()
    assert send(reply(RELAY), OpenAccess(transport)) == TAKEN
    ((_, recipient, raw),) = transport.taken
    assert recipient == RELAY
    assert b"Wo ist mein Paket?" not in raw
    assert not any(name.startswith("x-") for name, _ in read(raw).headers.everything)


@pytest.mark.parametrize("recipient", ["c@mail.example", "no-reply@relay.walmart.com", "x@relay.walmart.com.evil"])
def test_nothing_leaves_to_any_other_address(recipient: str) -> None:
    transport = KeepingTransport()
    assert isinstance(send(reply(recipient), OpenAccess(transport)), Refused)
    assert transport.taken == []


def test_an_address_of_ours_that_is_none_is_refused() -> None:
    assert isinstance(send(reply(RELAY, sender="birkenhof"), OpenAccess(KeepingTransport())), Refused)
