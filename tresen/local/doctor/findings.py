"""What the doctor says, and what it looks at."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tresen.local.installation import embedded_database, prepare_django


@dataclass(frozen=True, kw_only=True)
class Fine:
    """Something that is as it should be."""

    what: str


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """Something a person must mend, and how. `blocks`: nothing that comes after can be looked at."""

    what: str
    advice: str
    blocks: bool = False


Finding = Fine | Wrong


@dataclass(frozen=True, kw_only=True)
class Patient:
    """The installation that is looked at."""

    home: Path
    environ: Mapping[str, str]

    @property
    def embedded(self) -> bool:
        """Whether it runs a PostgreSQL of its own."""
        return "DATABASE_URL" not in self.environ

    def enter(self, open_things: ExitStack) -> None:
        """Make Django usable, on the embedded database if there is no other."""
        if self.embedded:
            open_things.enter_context(embedded_database(lasting=False))
        prepare_django()
