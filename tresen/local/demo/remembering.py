"""Which story the demo's database holds: kept in it, once all of it is told."""

from dataclasses import dataclass
from datetime import datetime

from tresen.local.demo.founding import Shop
from tresen.local.demo.tale.story import Story, story, with_small_stores
from tresen.stores.models import Store

SEED = 20_261_122
IN_BRIEF = 100
KEY = "demo_story"
"""In a store's settings. Without it filling was interrupted, or an older version filled that knew no platforms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Until when the story was told, and how many tickets it brought."""

    until: datetime
    tickets: int

    def retold(self) -> Story:
        """The same story again; one that is told in brief leaves the small stores out."""
        told = story(seed=SEED, now=self.until, tickets=self.tickets)
        return with_small_stores(told, now=self.until) if self.tickets >= IN_BRIEF else told


def remember(shop: Shop, remembered: Remembered) -> None:
    """The database holds all of it now."""
    kept = Store.objects.get(pk=shop.stores["mail"])
    kept.settings = {
        **kept.settings,
        KEY: {"until": remembered.until.isoformat(), "tickets": remembered.tickets},
    }
    kept.save(update_fields=["settings"])


def remembered_story() -> Remembered | None:
    """What the database holds; None where it holds no whole story."""
    for settings in Store.objects.values_list("settings", flat=True):
        if kept := settings.get(KEY):
            return Remembered(until=datetime.fromisoformat(kept["until"]), tickets=kept["tickets"])
    return None
