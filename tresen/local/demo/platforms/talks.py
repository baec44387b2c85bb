"""What was written about the story's matters, as the platforms and their buyers have it. Pure."""

from collections.abc import Iterator

from tresen.fakes.sales import By, Letter, Talk
from tresen.local.demo.platforms.sales import buyer_of
from tresen.local.demo.tale.happenings import Answered, AnsweredThere, Done, Happening, Outcome, Plot, Wrote

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


def inbound_numbers(plot: Plot) -> Iterator[tuple[int, Happening]]:
    """What came in from outside, each with its number among the thread's payloads."""
    return enumerate((one for one in plot.happenings if not isinstance(one, Done)), start=1)
