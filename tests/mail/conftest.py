from collections.abc import Iterator

import pytest

from tests.servers import smtp, token_endpoint


@pytest.fixture
def smtp_server() -> Iterator[smtp.SmtpServer]:
    with smtp.running() as server:
        yield server


@pytest.fixture
def tokens() -> Iterator[token_endpoint.TokenEndpoint]:
    with token_endpoint.running() as endpoint:
        yield endpoint
