import socket
from datetime import UTC, datetime

import pytest

from tests.mail import hostile
from tests.servers import certificates, smtp
from tresen.mail.outcomes import Accepted, OutcomeUnknown, PermanentFailure, SignInRefused, TemporaryFailure
from tresen.mail.signing_in import BearerToken, Password, Security, ServerAddress
from tresen.mail.smtp import SmtpTransport
from tresen.mail.smtp_answers import queue_id

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
SHOP = "service@shop.example"
BUYER = "buyer@customer.example"
MAIL = hostile.plain("Es kommt morgen.")


def transport(server, credentials=None, *, security=Security.PLAIN, tls=None):
    address = ServerAddress(host="127.0.0.1", port=server.port, security=security, timeout=5, tls=tls)
    return SmtpTransport(server=address, credentials=credentials, clock=lambda: NOW)


def send(server, mail=MAIL, *, recipient=BUYER, sender=SHOP, **options):
    return transport(server, **options).send(mail, sender=sender, recipient=recipient)


def test_a_mail_that_is_taken_has_our_time_and_the_servers_number(smtp_server):
    outcome = send(smtp_server)
    assert outcome == Accepted(code=250, text="2.0.0 Ok: queued as 4Tq0000xz", queue_id="4Tq0000xz", at=NOW)
    (got,) = smtp_server.received
    assert (got.sender, got.recipients) == (SHOP, (BUYER,))
    assert b"Es kommt morgen." in got.raw


def test_lines_arrive_as_they_were_whatever_they_begin_or_end_with(smtp_server):
    send(smtp_server, b"Subject: x\n\n.one dot\r\n..two\r.three\n.\nlast")
    assert smtp_server.received[0].raw == b"Subject: x\r\n\r\n.one dot\r\n..two\r\n.three\r\n.\r\nlast\r\n"


@pytest.mark.parametrize(
    "answers", [{"mail": "451 4.3.0 x"}, {"every_recipient": "451 4.3.0 x"}, {"final": "451 4.3.0 x"}]
)
def test_a_four_hundred_at_any_point_is_temporary(smtp_server, answers):
    smtp_server.behave(**answers)
    assert send(smtp_server) == TemporaryFailure(code=451, text="4.3.0 x")
    assert smtp_server.received == []


@pytest.mark.parametrize(
    "answers", [{"mail": "550 5.7.1 x"}, {"every_recipient": "550 5.1.1 x"}, {"final": "554 5.6.0 x"}]
)
def test_a_five_hundred_at_any_point_is_permanent(smtp_server, answers):
    smtp_server.behave(**answers)
    outcome = send(smtp_server)
    assert isinstance(outcome, PermanentFailure)
    assert outcome.text.endswith("x")


def test_each_recipient_has_an_outcome_of_its_own(smtp_server):
    smtp_server.behave(
        recipients={"gone@customer.example": "550 5.1.1 unknown", "full@customer.example": "452 4.2.2 full"}
    )
    everybody = [BUYER, "gone@customer.example", "full@customer.example"]
    outcomes = transport(smtp_server).send_to_all(MAIL, sender=SHOP, recipients=everybody)
    assert [type(outcomes[each]) for each in everybody] == [Accepted, PermanentFailure, TemporaryFailure]
    assert smtp_server.received[0].recipients == (BUYER,)


@pytest.mark.parametrize(("hang_up", "taken"), [("after_dot", 0), ("after_taking", 1)])
def test_a_connection_lost_after_the_final_dot_leaves_the_outcome_unknown(smtp_server, hang_up, taken):
    smtp_server.behave(hang_up=hang_up)
    assert isinstance(send(smtp_server), OutcomeUnknown)
    assert len(smtp_server.received) == taken


def test_a_connection_lost_on_the_way_to_the_dot_is_temporary(smtp_server):
    smtp_server.behave(hang_up="before_dot")
    assert isinstance(send(smtp_server, hostile.with_attachment(20_000_000)), TemporaryFailure)
    assert smtp_server.received == []


def test_a_server_that_is_down_is_temporary(smtp_server):
    smtp_server.stop()
    outcome = send(smtp_server)
    assert isinstance(outcome, TemporaryFailure)
    assert outcome.code == 0


def test_a_server_that_says_nothing_is_temporary():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = ServerAddress(host="127.0.0.1", port=silent.getsockname()[1], security=Security.PLAIN, timeout=0.3)
        outcome = SmtpTransport(server=address, credentials=None, clock=lambda: NOW).send(
            MAIL, sender=SHOP, recipient=BUYER
        )
    assert isinstance(outcome, TemporaryFailure)


@pytest.mark.parametrize("without", [(), ("PLAIN",)])
def test_a_password_with_an_umlaut_signs_in_by_plain_or_login(without):
    with smtp.running(users={SHOP: "geheim-ü"}, exclude_auth=without) as server:
        assert isinstance(send(server, credentials=Password(SHOP, "geheim-ü")), Accepted)
        assert server.received[0].signed_in == SHOP


@pytest.mark.parametrize("credentials", [None, Password(SHOP, "wrong"), BearerToken(SHOP, "wrong")])
def test_a_server_that_does_not_know_us_asks_for_a_person(credentials):
    with smtp.running(users={SHOP: "geheim"}, knows_token=lambda _user, _token: False) as server:
        outcome = send(server, credentials=credentials)
        assert isinstance(outcome, SignInRefused)
        assert outcome.code in {530, 535}
        assert type(transport(server, credentials).check()) is (type(None) if credentials is None else SignInRefused)


def test_an_access_token_signs_in(tokens):
    token = tokens.access_token(SHOP)
    with smtp.running(knows_token=tokens.knows) as server:
        assert isinstance(send(server, credentials=BearerToken(SHOP, token)), Accepted)
        assert transport(server, BearerToken(SHOP, token)).check() is None
        tokens.revoke(SHOP)
        assert isinstance(send(server, credentials=BearerToken(SHOP, token)), SignInRefused)


def test_a_mail_larger_than_the_server_takes_is_not_even_offered():
    with smtp.running(size_limit=1000) as server:
        outcome = send(server, MAIL + b"x" * 2000)
        assert isinstance(outcome, PermanentFailure)
        assert outcome.code == 552
        assert server.attempts == 0


def test_an_address_beyond_ascii_needs_the_servers_consent(smtp_server):
    assert isinstance(send(smtp_server, recipient="jörg@customer.example"), Accepted)
    assert smtp_server.received[0].recipients == ("jörg@customer.example",)
    with smtp.running(smtputf8=False) as server:
        assert isinstance(send(server, recipient="jörg@customer.example"), PermanentFailure)
        assert isinstance(send(server, recipient="info@köln.example"), Accepted)
        assert server.received[0].recipients == ("info@xn--kln-sna.example",)


def test_eight_bit_mail_is_announced(smtp_server):
    send(smtp_server, "Subject: x\r\n\r\nGrüße".encode())
    assert "BODY=8BITMIME" in smtp_server.received[0].options


@pytest.mark.parametrize("recipient", ["a@b.c>\r\nDATA", "a b@c.d", "nobody", "", "a@b..", "a@" + "x" * 300])
def test_what_is_no_address_never_reaches_the_server(smtp_server, recipient):
    assert isinstance(send(smtp_server, recipient=recipient), PermanentFailure)
    assert smtp_server.attempts == 0


@pytest.mark.parametrize("implicit", [True, False])
def test_tls_and_starttls_check_the_servers_certificate(tmp_path, implicit):
    server_side, client_side = certificates.contexts(tmp_path)
    security = Security.TLS if implicit else Security.STARTTLS
    with smtp.running(tls=server_side, implicit_tls=implicit) as server:
        assert isinstance(send(server, security=security, tls=client_side), Accepted)
        stranger = send(server, security=security)
        assert isinstance(stranger, TemporaryFailure)
        assert "certificate" in stranger.text


def test_a_server_without_starttls_gets_no_password(smtp_server):
    outcome = send(smtp_server, security=Security.STARTTLS, credentials=Password(SHOP, "x"))
    assert outcome == TemporaryFailure(code=0, text="127.0.0.1 does not offer STARTTLS.")


def test_an_open_line_is_for_this_machine_only():
    with pytest.raises(ValueError, match="TLS"):
        ServerAddress(host="mail.shop.example", port=25, security=Security.PLAIN)


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("2.0.0 Ok: queued as 4XyZ1234AB", "4XyZ1234AB"),
        ("OK id=1tBcDe-0001Fg-2H", "1tBcDe-0001Fg-2H"),
        ("2.0.0 OK  1732100000 5b1f17b1804b1-42cf9eb3f2esi12345.1 - gsmtp", "5b1f17b1804b1-42cf9eb3f2esi12345.1"),
        ("2.0.0 4A9CB1Ab012345 Message accepted for delivery", "4A9CB1Ab012345"),
        ("2.6.0 <a@b> [InternalId=123456, Hostname=X.example] Queued mail for delivery", "123456"),
        ("Ok 0102018f0c3e-1a2b-000000", "0102018f0c3e-1a2b-000000"),
        ("ok 1732100000 qp 12345", "12345"),
        ("thanks", ""),
    ],
)
def test_the_servers_number_is_found_in_its_own_words(answer, number):
    assert queue_id(answer) == number
