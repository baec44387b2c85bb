"""Every key there is: the overlay behind `?` shows them, static/js/keys.js obeys them (`data-key` in the page).

A key means one thing on every page.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Key:
    """`shown` is one key, or two pressed after each other, separated by a space."""

    shown: str
    words: str | Promise


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together."""

    title: str | Promise
    keys: tuple[Key, ...]


def all_keys() -> tuple[KeyGroup, ...]:
    """In the order the overlay shows them."""
    return (MOVING, SETTLING, ANSWERING, GOING)


MOVING = KeyGroup(
    _("Moving"),
    (
        Key("j", _("Next ticket in the list")),
        Key("k", _("Previous ticket in the list")),
        Key("Enter", _("Open")),
        Key("Esc", _("Back to the list")),
        Key("n", _("Next piece of work")),
        Key("x", _("Select")),
        Key("l", _("Take in what is new")),
    ),
)
ANSWERING = KeyGroup(
    _("Answering"),
    (
        Key("r", _("Reply")),
        Key("i", _("Note for colleagues")),
        Key("Ctrl Enter", _("Send and keep open")),
        Key("Ctrl Shift Enter", _("Send and solve")),
        Key(".", _("No response needed")),
        Key("c", _("The answer covers what crossed it")),
        Key("z", _("Undo")),
        Key("y", _("Take what is offered or handed over")),
    ),
)
SETTLING = KeyGroup(
    _("Settling"),
    (
        Key("e", _("Solve")),
        Key("o", _("Open again")),
        Key("s", _("Snooze")),
        Key("w", _("Wait for somebody")),
        Key("a", _("Assign")),
        Key("m", _("Assign to me")),
        Key("p", _("Pass it on or give it back")),
        Key("f", _("Promise, case, legal request")),
        Key("b", _("Done besides answering: kept, fulfilled, marked, read")),
        Key("h", _("Hand over, with a note")),
        Key("t", _("Tag")),
        Key("v", _("Move to another team")),
        Key("!", _("Change the risk tier")),
    ),
)
GOING = KeyGroup(
    _("Going"),
    (
        Key("Ctrl K", _("Command palette")),
        Key("g q", _("To the queue")),
        Key("g n", _("To your notices")),
        Key("g b", _("To the board")),
        Key("+", _("The board as on a wall, and back")),
        Key("g t", _("To what is to be done besides answering")),
        Key("g r", _("To the reports")),
        Key("g s", _("To the set-up")),
        Key("g c", _("Log a call, a letter or a visit")),
        Key("d", _("Order and customer beside the ticket")),
        Key("?", _("This overview")),
    ),
)
