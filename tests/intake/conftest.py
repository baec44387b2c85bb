from uuid import uuid4

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import a_store
from tests.servers.dovecot import Dovecot
from tresen.stores.models import Mailbox


@pytest.fixture
def user(mail_server: Dovecot) -> str:
    """Somebody with an empty mailbox on the server."""
    name = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(name)
    return name


@pytest.fixture
def mailbox(mail_server: Dovecot, user: str) -> Mailbox:
    """The user's mailbox, connected to a store for plain mail."""
    return a_mailbox(a_store("email", ""), address=user, imap_port=mail_server.port)
