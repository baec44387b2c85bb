"""What platforms call what the world numbers in its own way."""

from collections.abc import Callable, Mapping, Sequence

from tresen.channels.order_news import ReturnState
from tresen.fakes.kaufland.answering import number_of as kauflands_number
from tresen.fakes.kaufland.tickets import message_number
from tresen.fakes.otto.orders import pieces_of
from tresen.fakes.sales import GoodsBack, Sale, Talk
from tresen.fakes.sms.platform import sid_of
from tresen.fakes.tiktok_shop.answering import number_of
from tresen.fakes.tiktok_shop.returns import return_number


def letter_name(platform: str, talk: Talk, place: int) -> str:
    """A conversation's letter at this place."""
    return _LETTERS.get(platform, _own_letter)(talk, place)


def return_names(platform: str, sale: Sale) -> Sequence[int]:
    """A sale's returns in their order: what of a number every platform tells, for some have no letters in it."""
    return [digits_of(name) for name in _RETURNS.get(platform, _own_returns)(sale)]


def return_state(platform: str, back: GoodsBack) -> str:
    """How far a return is, as its platform's word for that is understood."""
    return _STATES.get((platform, back.state), back.state).value


def digits_of(number: str) -> int:
    """A number without its letters."""
    return int("".join(sign for sign in number if sign.isdecimal()))


def _own_letter(talk: Talk, place: int) -> str:
    return talk.letters[place].id


def _own_returns(sale: Sale) -> Sequence[str]:
    return [back.id for back in sale.returns]


def _by_pieces(sale: Sale) -> Sequence[str]:
    """The first return is of the first piece, and so on."""
    return [piece[0] for piece in pieces_of(sale)][: len(sale.returns)]


_LETTERS: Mapping[str, Callable[[Talk, int], str]] = {
    "kaufland": lambda talk, place: str(message_number(talk, place)),
    "sms": lambda talk, place: sid_of(talk.letters[place]),
    "tiktok_shop": lambda talk, place: str(number_of(talk.letters[place].id)),
}
_RETURNS: Mapping[str, Callable[[Sale], Sequence[str]]] = {
    "kaufland": lambda sale: [str(kauflands_number(back.id)) for back in sale.returns],
    "otto": _by_pieces,
    "tiktok_shop": lambda sale: [return_number(back) for back in sale.returns],
}
_STATES: Mapping[tuple[str, ReturnState], ReturnState] = {("kaufland", ReturnState.AUTHORISED): ReturnState.REFUNDED}
"""Kaufland has one word for a return that was accepted, and by accepting it the buyer is paid."""
