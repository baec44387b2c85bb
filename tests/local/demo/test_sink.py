from datetime import UTC, datetime

from tresen.local.demo.founding import SMTP_PASSWORD
from tresen.local.demo.sink import running_sink
from tresen.mail.outcomes import Accepted, SignInRefused
from tresen.mail.signing_in import Password, Security, ServerAddress
from tresen.mail.smtp import SmtpTransport

MAIL = b"From: a@tannlicht.example\r\nTo: b@mail.example\r\nSubject: Hallo\r\n\r\nHallo\r\n"


def _sent(port: int, password: str):
    server = ServerAddress(host="127.0.0.1", port=port, security=Security.PLAIN)
    transport = SmtpTransport(
        server=server, credentials=Password("a@tannlicht.example", password), clock=lambda: datetime.now(UTC)
    )
    return transport.send(MAIL, sender="a@tannlicht.example", recipient="b@mail.example")


def test_the_demos_server_takes_an_answer_gives_its_number_and_hands_it_over():
    taken: list[tuple[bytes, str]] = []
    with running_sink(lambda raw, recipient: taken.append((raw, recipient))) as port:
        outcome = _sent(port, SMTP_PASSWORD)
    assert isinstance(outcome, Accepted)
    assert outcome.queue_id == "DEMO000001"
    assert [(recipient, raw.splitlines()[-1]) for raw, recipient in taken] == [("b@mail.example", b"Hallo")]


def test_only_the_demo_itself_may_send_through_it():
    taken: list[str] = []
    with running_sink(lambda _raw, recipient: taken.append(recipient)) as port:
        outcome = _sent(port, "guessed")
    assert isinstance(outcome, SignInRefused)
    assert taken == []
