from datetime import timedelta

from tests.channels.outgoing import TAKEN, KeepingTransport, OpenAccess, read, reply
from tests.channels.payloads import mail_payload
from tresen.channels.contract import Ignored, Later, Refused, StoreView
from tresen.channels.email.parsing import parse
from tresen.channels.email.sending import send
from tresen.mail.quoting import new_words

ADDRESS = "Bea.Muster@mail.example"


def sent(**changes: object) -> bytes:
    transport = KeepingTransport()
    assert send(reply(ADDRESS, **changes), OpenAccess(transport)) == TAKEN
    ((_, _, raw),) = transport.taken
    return raw


def test_an_answer_names_its_thread_and_quotes_what_it_answers() -> None:
    mail = read(sent(subject="AW: AW: Hocker"))
    assert mail.headers.subject == "Re: Hocker"
    assert mail.headers.in_reply_to == ("theirs@mails.example",)
    assert mail.text.endswith("Nora Beispiel:\n> Wo ist mein Paket?")


def test_older_history_is_not_quoted_again() -> None:
    mail = read(sent(quoted="Danke!\n\n> Guten Tag,\n> es kommt.\n"))
    assert mail.text.endswith("Nora Beispiel:\n> Danke!")


def test_without_anything_to_quote_the_text_stands_alone() -> None:
    mail = read(sent(quoted=" "))
    assert mail.text == "Guten Tag,\n\nes kommt am Montag.\n\nBirkenhof"
    assert new_words(mail.text) == mail.text


def test_a_server_that_is_away_is_tried_again() -> None:
    away = Later(after=timedelta(seconds=30), reason="no answer")
    assert send(reply(ADDRESS), OpenAccess(KeepingTransport(answer=away))) == away


def test_an_address_that_is_none_is_refused() -> None:
    assert isinstance(send(reply("bea"), OpenAccess(KeepingTransport())), Refused)


def test_a_copy_of_our_own_answer_is_known_by_its_id() -> None:
    store = StoreView(id=1, channel="email", marketplace="", addresses=("hallo@birkenhof.example",))
    assert parse(mail_payload(sent(), store=store)) == (Ignored(reason="own_copy"),)
