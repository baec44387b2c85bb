from collections.abc import Iterator

import pytest
import structlog
from django.utils import translation
from hypothesis import settings

from tests import emptying
from tests.servers import dovecot, smtp, token_endpoint

# A test says what is right, never how fast: a busy machine must not make it fail.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


# As every command of the installation does: the usual one draws each local value, and takes a second for it.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request leaves its reader's language behind, as each next one sets its own; the next test asks for none."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def emptied_quickly() -> Iterator[None]:
    """However a test that commits is tidied up after, it is done in milliseconds."""
    back = emptying.use()
    yield
    back()


@pytest.fixture
def smtp_server() -> Iterator[smtp.SmtpServer]:
    with smtp.running() as server:
        yield server


@pytest.fixture
def tokens() -> Iterator[token_endpoint.TokenEndpoint]:
    with token_endpoint.running() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def mail_server() -> Iterator[dovecot.Dovecot]:
    """One Dovecot for a module; each test takes a user of its own."""
    with token_endpoint.running() as endpoint, dovecot.running(tokens=endpoint) as server:
        yield server
