"""How a connection does, in one line."""

from datetime import UTC, datetime

from tresen.intake.feeds.queries import Standing
from tresen.stores.models import Health, Store, StoreConnection
from tresen.workspace.setup.connection_words import connection_of

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_a_store_that_is_never_asked_does_well_once_its_platform_has_told_something() -> None:
    for told_at, health, words in (
        (None, Health.NEW, "Nothing told yet"),
        (AT, Health.NEW, "Does well"),
        (AT, Health.TROUBLED, "In trouble"),
    ):
        connected = StoreConnection(health=health)
        standing = Standing(store=Store(told_at=told_at), connected=connected, feeds=())
        assert connection_of(standing, at=AT).words == words
