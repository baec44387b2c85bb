"""What fake platforms tell, taken in as workers do it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from tests.factories.connected import a_mirakl_store
from tests.factories.sales import AT, a_sale, a_talk
from tresen.fakes.faults import Faults
from tresen.fakes.sales import By
from tresen.fakes.world import World
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.parsing import parse_kept
from tresen.stores.models import Store


def asked_world(*, at: datetime = AT, by_operator: bool = False, **more: object) -> World:
    """A platform whose clock stands `at`, where a buyer has asked about an order; perhaps the operator has, too."""
    world = World(clock=lambda: at)
    world.fill(**{"sales": [a_sale()], "talks": [a_talk()], **more})  # type: ignore[arg-type]
    if by_operator:
        world.write("t-1", by=By.OPERATOR, text="Please answer soon.")
        world.talks["t-1"].letters[-1].at = AT
    return world


@contextmanager
def a_told_store(world: World, *, faults: Faults | None = None) -> Iterator[Store]:
    """A store at a fake operator who has told all there is."""
    with a_mirakl_store(world, faults=faults) as store:
        told_of(store)
        yield store


def told_of(store: Store) -> None:
    """The store is read from now on, and was read once."""
    start_feeds(store.pk, past=timedelta(days=1), at=AT)
    take_in(AT + timedelta(seconds=1))


def take_in(at: datetime) -> None:
    """What there is to be read is read and understood."""
    poll_due(at)
    while parse_kept(at):
        pass
