"""Against real servers."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import MONDAY
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import SmtpServer, running
from tests.servers.token_endpoint import TokenEndpoint
from tresen.stores.connecting import MailboxDetails, Secrets
from tresen.stores.models import Health
from tresen.stores.trying import try_details, try_mailbox, try_sending

pytestmark = [pytest.mark.django_db, pytest.mark.mail_server]


@pytest.fixture
def details(mail_server: Dovecot, smtp_server: SmtpServer) -> MailboxDetails:
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    return MailboxDetails(
        address=user,
        imap_host="127.0.0.1",
        imap_port=mail_server.port,
        imap_security="none",
        smtp_host="127.0.0.1",
        smtp_port=smtp_server.port,
        smtp_security="none",
    )


def test_what_was_typed_is_tried_at_both_servers(details: MailboxDetails, smtp_server: SmtpServer) -> None:
    smtp_server.users[details.address] = "geheim"
    tried = try_details(details, Secrets(password="geheim"), at=MONDAY)
    assert (tried.works, tried.receiving, tried.sending) == (True, None, None)
    assert {"INBOX", "Sent"} <= set(tried.folders)


def test_a_wrong_password_is_told_for_each_server(details: MailboxDetails, smtp_server: SmtpServer) -> None:
    smtp_server.users[details.address] = "geheim"
    tried = try_details(details, Secrets(password="falsch"), at=MONDAY)
    assert tried.receiving is not None
    assert tried.sending is not None
    assert tried.receiving.sentence == "The server for receiving, 127.0.0.1, refuses the sign-in."
    assert tried.sending.sentence == "The server for sending, 127.0.0.1, refuses the sign-in."
    assert tried.sending.details.startswith("5.7.8")


def test_a_server_that_is_not_there_and_a_folder_that_is_not_there_are_named(
    details: MailboxDetails, smtp_server: SmtpServer
) -> None:
    smtp_server.stop()
    tried = try_details(replace(details, folders=("Bestellungen",)), Secrets(password="geheim"), at=MONDAY)
    assert tried.receiving is not None
    assert tried.sending is not None
    assert tried.receiving.sentence == "The mailbox has no folder “Bestellungen”."
    assert tried.sending.sentence.startswith("The server for sending, 127.0.0.1, can't be reached. The server takes no")
    assert "Errno" in tried.sending.details


def test_a_name_that_no_server_can_have_is_told_as_such() -> None:
    misspelt = MailboxDetails(
        address="service@nordlicht.example", imap_host="imap..nordlicht.example", smtp_host="smtp..nordlicht.example"
    )
    tried = try_details(misspelt, Secrets(password="geheim"), at=MONDAY)
    assert tried.receiving is not None
    assert tried.sending is not None
    assert tried.receiving.sentence.startswith("The server for receiving, imap..nordlicht.example, can't be reached.")
    assert tried.receiving.sentence.endswith("No server of this name is found. Check how it is spelled.")
    assert tried.sending.sentence.endswith("No server of this name is found. Check how it is spelled.")
    tokens = replace(
        misspelt, sign_in_with="xoauth2", client_id="tresen", token_url="https://login..nordlicht.example/"
    )
    tried = try_details(tokens, Secrets(client_secret="secret", refresh_token="old"), at=MONDAY)
    assert tried.receiving is not None
    assert tried.receiving.details.startswith("login..nordlicht.example did not answer when asked for a new token")


def test_a_server_for_sending_that_keeps_us_out_shows_before_any_answer_leaves(smtp_server: SmtpServer) -> None:
    mailbox = a_mailbox(smtp_port=smtp_server.port)
    smtp_server.users[mailbox.username] = "another one"
    try_sending(mailbox.pk, at=MONDAY)
    mailbox.refresh_from_db()
    assert (mailbox.health, mailbox.sending_trouble[:3]) == (Health.RECONNECT, "535")
    smtp_server.users[mailbox.username] = "geheim"
    try_sending(mailbox.pk, at=MONDAY)
    mailbox.refresh_from_db()
    assert (mailbox.health, mailbox.sending_trouble) == (Health.GOOD, "")


def test_a_refresh_token_that_is_exchanged_while_trying_is_the_one_to_keep(mail_server: Dovecot) -> None:
    tokens = mail_server._tokens
    assert tokens is not None
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    typed = Secrets(client_secret=tokens.client_secret, refresh_token=tokens.consent(user))
    tokens.rotating = True
    try:
        with running(knows_token=tokens.knows) as smtp:
            tried = try_details(_oauth(user, mail_server, smtp, tokens), typed, at=MONDAY)
    finally:
        tokens.rotating = False
    assert tried.works, tried
    assert tried.secrets.refresh_token != typed.refresh_token
    assert tried.secrets.refresh_token in tokens.refresh_tokens


def _oauth(user: str, imap: Dovecot, smtp: SmtpServer, tokens: TokenEndpoint) -> MailboxDetails:
    return MailboxDetails(
        address=user,
        imap_host="127.0.0.1",
        imap_port=imap.port,
        imap_security="none",
        smtp_host="127.0.0.1",
        smtp_port=smtp.port,
        smtp_security="none",
        sign_in_with="xoauth2",
        token_url=tokens.url,
        client_id=tokens.client_id,
    )


def test_a_connected_mailbox_can_be_tried_with_what_is_kept(mail_server: Dovecot, smtp_server: SmtpServer) -> None:
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    smtp_server.users[user] = "geheim"
    mailbox = a_mailbox(address=user, imap_port=mail_server.port, smtp_port=smtp_server.port)
    assert try_mailbox(mailbox.pk, at=MONDAY).works
