"""What was written about the story's matters, as the platforms and their buyers have it. Pure."""

from collections.abc import Iterator

from tresen.fakes.kaufland.tickets import MOST_LETTERS
from tresen.fakes.meta.platform import Comment
from tresen.fakes.sales import By, Letter, Talk
from tresen.fakes.sms.platform import sid_of
from tresen.local.demo.platforms.sales import buyer_of
from tresen.local.demo.tale.happenings import (
    Answered,
    AnsweredThere,
    Beside,
    Done,
    Happening,
    Outcome,
    Plot,
    Wrote,
)

_BEGINS = 5_000_000
"""Ids of the story begin here, so that none is met again among those that a platform gives later."""


def talk_of(plot: Plot) -> Talk:
    """The conversation with all its letters: the buyer's, and those of our answers that arrived."""
    thread = plot.thread
    return Talk(
        id=talk_id(plot),
        buyer=buyer_of(thread.buyer, thread.store),
        topic=thread.subject,
        sale=thread.order.number if thread.order else "",
        item=thread.product.item if thread.store.channel == "ebay" else thread.product.sku,
        letters=[letter for happening in plot.happenings if (letter := letter_of(plot, happening))],
    )


def talk_id(plot: Plot) -> str:
    """The conversation's number at its platform."""
    return str(_BEGINS + int(plot.thread.key))


def letter_of(plot: Plot, happening: Happening) -> Letter | None:
    """What was written there by this; None where nothing was."""
    match happening:
        case Wrote(beside=Beside.COMMENT):
            return None
        case Wrote():
            by, text, at = By.BUYER, happening.text, happening.sent_at or happening.at
        case AnsweredThere():
            by, text, at = By.SELLER, happening.text, happening.at
        case Answered(outcome=Outcome.SENT):
            by, text, at = By.SELLER, happening.text, happening.at
        case _:
            return None
    return Letter(
        id=letter_id(plot, happening),
        by=by,
        text=text,
        at=at,
        to=(By.SELLER if by is By.BUYER else By.BUYER,),
        subject=plot.thread.subject,
    )


def letter_id(plot: Plot, happening: Happening) -> str:
    """The letter's number at its platform."""
    return f"{talk_id(plot)}{plot.happenings.index(happening):02}"


def number_there(plot: Plot, answered: Answered) -> str:
    """What the platform calls an answer of ours, as it tells whoever sends it."""
    match plot.thread.store.channel:
        case "kaufland":
            before = [one for one in plot.happenings[: plot.happenings.index(answered)] if letter_of(plot, one)]
            return str(int(talk_id(plot)) * MOST_LETTERS + len(before))
        case "sms":
            letter = letter_of(plot, answered)
            return sid_of(letter) if letter else ""
        case _:
            return letter_id(plot, answered)


def comment_of(plot: Plot, happening: Happening) -> Comment | None:
    """What was written below a post by this; None where nothing was."""
    if not isinstance(happening, Wrote) or happening.beside is not Beside.COMMENT:
        return None
    return Comment(
        id=f"901097836652708_{letter_id(plot, happening)}",
        writer=plot.thread.buyer.username,
        name=plot.thread.buyer.name,
        text=happening.text,
        at=happening.at,
    )


def inbound_numbers(plot: Plot) -> Iterator[tuple[int, Happening]]:
    """What came in from outside, each with its number among the thread's payloads."""
    return enumerate((one for one in plot.happenings if not isinstance(one, Done)), start=1)
