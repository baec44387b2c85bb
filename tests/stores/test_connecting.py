from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import Actor
from tresen.accounts.models import SetupChange
from tresen.stores import health
from tresen.stores.connecting import (
    MailboxDetails,
    Secrets,
    change_mailbox,
    connect_mailbox,
    reconnect,
    retire_mailbox,
)
from tresen.stores.models import Health, Mailbox
from tresen.stores.wording import SetupWrong
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import SecretMissing, open_secret, seal

pytestmark = pytest.mark.django_db
DETAILS = MailboxDetails(
    address=" Service@Nordlicht.example", imap_host="imap.nordlicht.example", smtp_host="smtp.nordlicht.example"
)
TYPED = Secrets(password="geheim")
OAUTH = replace(DETAILS, sign_in_with="xoauth2", token_url="https://login.provider.example/token", client_id="tresen")


def by() -> Actor:
    return Actor.agent(an_agent().pk)


def connected(details: MailboxDetails = DETAILS, secrets: Secrets = TYPED) -> Mailbox:
    return connect_mailbox(details, secrets, stores=[a_store().pk], by=by(), at=MONDAY)


def wrong(details: MailboxDetails, secrets: Secrets = TYPED) -> set[str]:
    with pytest.raises(SetupWrong) as no:
        connect_mailbox(details, secrets, stores=[], by=by(), at=MONDAY)
    return {problem.where for problem in no.value.problems}


def test_a_connected_mailbox_is_read_at_once_and_its_password_lies_in_the_vault_alone() -> None:
    mailbox = connected()
    assert (mailbox.address, mailbox.username, mailbox.name) == ("service@nordlicht.example",) * 3
    assert (mailbox.health, mailbox.next_check_at) == (Health.NEW, MONDAY)
    assert open_secret(f"mailbox:{mailbox.pk}:password") == "geheim"
    assert b"geheim" not in bytes(SealedSecret.objects.get().sealed)
    assert "geheim" not in str(SetupChange.objects.get(what="connected").details)


def test_all_that_is_wrong_is_said_at_once() -> None:
    details = MailboxDetails(address="nobody", imap_host=" ", smtp_host="smtp.nordlicht.example", smtp_port=0)
    assert wrong(details, Secrets()) == {"address", "imap_host", "smtp_port", "password"}


def test_a_password_is_never_sent_in_the_clear_to_another_machine() -> None:
    assert wrong(replace(DETAILS, imap_security="none")) == {"imap_security"}


def test_consent_and_client_are_needed_where_passwords_are_refused() -> None:
    details = replace(OAUTH, client_id="", token_url="http://login.provider.example/token")
    assert wrong(details, Secrets()) == {"client_id", "token_url", "client_secret", "refresh_token"}


def test_a_mailbox_is_connected_once() -> None:
    connected()
    assert wrong(DETAILS) == {"address"}


def test_a_change_keeps_the_secrets_that_were_not_typed_again() -> None:
    mailbox = connected()
    changed = replace(DETAILS, imap_port=9993, name="Service")
    store = a_store()
    change_mailbox(mailbox.pk, changed, Secrets(), stores=[store.pk], by=by(), at=MONDAY)
    mailbox.refresh_from_db()
    assert (mailbox.imap_port, mailbox.name, list(mailbox.stores.all())) == (9993, "Service", [store])
    assert open_secret(f"mailbox:{mailbox.pk}:password") == "geheim"


@pytest.mark.parametrize(
    "change",
    [
        {"imap_host": "imap.elsewhere.example"},
        {"smtp_host": "smtp.elsewhere.example"},
        {"imap_port": 143, "imap_security": "starttls"},
    ],
)
def test_a_kept_password_never_goes_to_a_server_that_was_just_typed(change: dict[str, str]) -> None:
    mailbox = connected()
    with pytest.raises(SetupWrong, match="Enter this again") as no:
        change_mailbox(mailbox.pk, replace(DETAILS, **change), Secrets(), stores=[], by=by(), at=MONDAY)
    assert {problem.where for problem in no.value.problems} == {"password"}
    assert Mailbox.objects.get().imap_host == "imap.nordlicht.example"
    moved = change_mailbox(mailbox.pk, replace(DETAILS, **change), TYPED, stores=[], by=by(), at=MONDAY)
    assert {name: getattr(moved, name) for name in change} == change


def test_kept_tokens_never_go_to_an_address_that_was_just_typed() -> None:
    mailbox = connected(OAUTH, Secrets(client_secret="secret", refresh_token="old"))
    elsewhere = replace(OAUTH, token_url="https://elsewhere.example/token")
    with pytest.raises(SetupWrong) as no:
        change_mailbox(mailbox.pk, elsewhere, Secrets(client_secret="secret"), stores=[], by=by(), at=MONDAY)
    assert {problem.where for problem in no.value.problems} == {"refresh_token"}


def test_another_way_to_sign_in_needs_its_own_secrets() -> None:
    mailbox = connected()
    with pytest.raises(SetupWrong) as no:
        change_mailbox(mailbox.pk, OAUTH, Secrets(), stores=[], by=by(), at=MONDAY)
    assert {problem.where for problem in no.value.problems} == {"client_secret", "refresh_token"}
    assert Mailbox.objects.get().sign_in_with == "password"


def test_reconnecting_forgets_the_trouble_and_the_old_token() -> None:
    mailbox = connected(OAUTH, Secrets(client_secret="secret", refresh_token="old"))
    seal(f"mailbox:{mailbox.pk}:access_token", "{}", at=MONDAY)
    health.receiving_failed(mailbox.pk, trouble="withdrawn", at=MONDAY, reconnect=True)
    later = MONDAY + timedelta(hours=1)
    mailbox = reconnect(mailbox.pk, Secrets(refresh_token="new"), by=by(), at=later)
    assert (mailbox.health, mailbox.trouble, mailbox.failures) == (Health.NEW, "", 0)
    assert mailbox.next_check_at == later
    assert open_secret(f"mailbox:{mailbox.pk}:refresh_token") == "new"
    with pytest.raises(SecretMissing):
        open_secret(f"mailbox:{mailbox.pk}:access_token")


def test_reconnecting_needs_the_secret_that_matters() -> None:
    mailbox = connected(OAUTH, Secrets(client_secret="secret", refresh_token="old"))
    with pytest.raises(SetupWrong, match="consent"):
        reconnect(mailbox.pk, Secrets(password="geheim"), by=by(), at=MONDAY)


def test_a_retired_mailbox_forgets_its_secrets() -> None:
    mailbox, other = connected(), connected(replace(DETAILS, address="other@nordlicht.example"))
    assert retire_mailbox(mailbox.pk, by=by(), at=MONDAY).health == Health.OFF
    assert SealedSecret.objects.get().name == f"mailbox:{other.pk}:password"
