"""What time it is: the one place that asks the machine. A demo may live on another day, and faster."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_WRITTEN = re.compile(r"(?P<shown>[^@]+)@(?P<since>[^*]+)\*(?P<speed>\d+(\.\d+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A clock that showed `shown` when it really was `since`, and has run `speed` times as fast from then on."""

    shown: datetime
    since: datetime
    speed: float = 1.0

    def at(self, really: datetime) -> datetime:
        """What the clock shows when it really is `really`."""
        return self.shown + (really - self.since) * self.speed

    def really(self, shown: datetime) -> datetime:
        """When the clock shows `shown`."""
        return self.since + (shown - self.shown) / self.speed

    def __str__(self) -> str:
        return f"{self.shown.isoformat()}@{self.since.isoformat()}*{self.speed:g}"

    @classmethod
    def parse(cls, written: str) -> "Pace":
        """The pace that `str` wrote. Raises ValueError with what is wrong."""
        parts = _WRITTEN.fullmatch(written)
        if parts is None:
            raise ValueError("must look like 2027-03-28T00:30:00+00:00@2026-11-28T22:00:00+00:00*60")
        shown, since = (datetime.fromisoformat(parts[name]) for name in ("shown", "since"))
        if shown.tzinfo is None or since.tzinfo is None:
            raise ValueError("must name both times with their offset from UTC")
        if float(parts["speed"]) <= 0:
            raise ValueError("must run forwards: a speed above zero")
        return cls(shown=shown.astimezone(UTC), since=since.astimezone(UTC), speed=float(parts["speed"]))


_pace: Pace | None = None


def keep(pace: Pace | None) -> None:
    """Tell the time by this clock from now on; by the machine's own with None."""
    global _pace  # noqa: PLW0603 - one clock for the whole process
    _pace = pace


def now() -> datetime:
    """What time it is, in UTC."""
    really = datetime.now(UTC)
    return really if _pace is None else _pace.at(really)
