"""Whom the demo shop meets, and who works there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from unicodedata import combining, normalize

from tresen.clock.hours import WorkingHours
from tresen.local.demo.tale.data import data_file, names
from tresen.local.demo.tale.stores import DOMAIN, StorePlan

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Somebody who writes. `address` is where an answer goes: a marketplace's alias or a mail address."""

    name: str
    first: str
    language: str
    city: str
    address: str
    username: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentPlan:
    """Somebody who answers."""

    name: str
    local: str
    role: str
    teams: tuple[str, ...]
    leads: tuple[str, ...]
    shift: str
    language: str

    @property
    def email(self) -> str:
        """What they sign in with."""
        return f"{self.local}@{DOMAIN}"


@cache
def agents() -> tuple[AgentPlan, ...]:
    """Everybody who works there."""
    return tuple(
        AgentPlan(**{**entry, "teams": tuple(entry["teams"]), "leads": tuple(entry["leads"])})
        for entry in data_file("people.yaml")["agents"]
    )


@cache
def hours(kind: str, name: str) -> WorkingHours:
    """The hours of a team (`kind` "coverage") or of a shift ("shifts")."""
    entry = data_file("people.yaml")[kind][name]
    return WorkingHours(entry["zone"], week_of(kind, name))


def week_of(kind: str, name: str) -> dict[int, list[tuple[str, str]]]:
    """The same as windows by weekday, 0 = Monday."""
    entry = data_file("people.yaml")[kind][name]
    week = {day: _windows(entry["week"]) for day in range(SATURDAY)}
    weekend = {SATURDAY: _windows(entry["saturday"]), SUNDAY: _windows(entry.get("sunday", ()))}
    return week | {day: windows for day, windows in weekend.items() if windows}


def zone_of(kind: str, name: str) -> str:
    """Their time zone."""
    return str(data_file("people.yaml")[kind][name]["zone"])


def any_buyer(dice: Random, store: StorePlan) -> Buyer:
    """Somebody who buys at this store."""
    language = dice.choices(list(store.speaks), weights=list(store.speaks.values()))[0]
    first = dice.choice(names("first_names", language))
    last = dice.choice(names("last_names", language))
    username = f"{dice.choice(names('usernames'))}{dice.randint(10, 9999)}"
    return Buyer(
        name=f"{first} {last}",
        first=first,
        language=language,
        city=dice.choice(names("cities", language)),
        address=_address(dice, store, first, last),
        username=username if store.has_inbox else "",
    )


def _address(dice: Random, store: StorePlan, first: str, last: str) -> str:
    letters = "abcdefghijkmnpqrstuvwxyz0123456789"
    match store.channel:
        case "amazon":
            return f"{''.join(dice.choices(letters, k=14))}@marketplace.{store.marketplace}"
        case "ebay":
            return f"{''.join(dice.choices('0123456789abcdef', k=20))}@members.{store.marketplace}"
        case _:
            local = (
                f"{plain(first)}{dice.choice(['.', '', '_'])}{plain(last)}{dice.choice(['', '', dice.randint(1, 99)])}"
            )
            return f"{local}@{dice.choice(names('mail_hosts'))}"


def plain(name: str) -> str:
    """A name as it stands in an address."""
    spelled = name.lower()
    for letter, letters in _SPELLINGS:
        spelled = spelled.replace(letter, letters)
    return "".join(letter for letter in normalize("NFKD", spelled) if not combining(letter))


# The last one is Turkish: an i without its dot.
_SPELLINGS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), (" ", ""), ("\u0131", "i"))


def _windows(spans: Sequence[str]) -> list[tuple[str, str]]:
    return [(span.partition("-")[0], span.partition("-")[2]) for span in spans]
