from tests.channels.outgoing import TAKEN, KeepingTransport, OpenAccess, read, reply
from tresen.channels.contract import Refused
from tresen.channels.shopify.sending import send


def test_the_answer_to_a_form_is_a_mail_of_its_own() -> None:
    transport = KeepingTransport()
    assert send(reply("ida@mail.example", subject="Gibt es ihn in rot?"), OpenAccess(transport)) == TAKEN
    ((_, recipient, raw),) = transport.taken
    mail = read(raw)
    assert recipient == "ida@mail.example"
    assert mail.headers.subject == "Re: Gibt es ihn in rot?"
    assert (mail.headers.in_reply_to, mail.headers.references) == ((), ())
    assert "Wo ist mein Paket?" not in mail.text


def test_an_address_that_is_none_is_refused() -> None:
    assert isinstance(send(reply("ida"), OpenAccess(KeepingTransport())), Refused)
