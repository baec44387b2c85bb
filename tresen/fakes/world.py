"""One seller's account at a fake platform: what is there, and what can be done about it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import RLock

from tresen.channels.order_news import ReturnState
from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import By, GoodsBack, Letter, MoneyBack, Parcel, Sale, Shelved, Talk

type Clock = Callable[[], datetime]
type Thing = Sale | Talk | Shelved
"""What a world is made of."""
_TICK = timedelta(milliseconds=1)


class NotPossible(ValueError):
    """The platform would refuse this; the message says why."""


class World:
    """All of it behind one lock. Every change gets a later `changed_at` than the one before it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = RLock()
        self._last: datetime | None = None
        self._numbers = 0
        self.sales: dict[str, Sale] = {}
        self.talks: dict[str, Talk] = {}
        self.stock: dict[str, Shelved] = {}
        self.pictures = "https://pictures.example"
        """Where the pictures of products lie; over HTTP on this machine, while the world is served so."""
        self._depth = 0
        self._changed: dict[str, Thing] = {}
        self.listeners: list[Callable[[Sale], None]] = []
        """Told of each sale that changed, as a webhook tells."""
        self.keepers: list[Callable[[Collection[Thing]], None]] = []
        """Told of all that one piece of work changed, once it is over: who lets the world outlive its process."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody changes anything meanwhile; what changed is told to the keepers at the end, however it ends."""
        with self._lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if not self._depth and self._changed:
                    changed, self._changed = self._changed, {}
                    for keeper in self.keepers:
                        keeper(changed.values())

    def now(self) -> datetime:
        """The platform's time, never twice the same."""
        with self.alone():
            at = self._clock()
            if self._last is not None and at <= self._last:
                at = self._last + _TICK
            self._last = at
            return at

    @property
    def numbered(self) -> int:
        """How many numbers have been given; who brings a world back sets it, so that none is given twice."""
        return self._numbers

    @numbered.setter
    def numbered(self, count: int) -> None:
        self._numbers = max(self._numbers, count)

    def number(self, prefix: str = "") -> str:
        """A new number of the platform's."""
        with self.alone():
            self._numbers += 1
            return f"{prefix}{self._numbers}"

    def fill(self, *, sales: Iterable[Sale] = (), talks: Iterable[Talk] = (), stock: Iterable[Shelved] = ()) -> None:
        """Put these there as they are, told to nobody."""
        with self.alone():
            self.sales |= {sale.number: sale for sale in sales}
            self.talks |= {talk.id: talk for talk in talks}
            self.stock |= {level.sku: level for level in stock}

    def sale(self, name: str) -> Sale:
        """The sale of this number or id. Raises NotPossible."""
        with self.alone():
            found = self.sales.get(name) or next((sale for sale in self.sales.values() if sale.id == name), None)
        if found is None:
            raise NotPossible(f"There is no order {name}.")
        return found

    def changed_between(self, since: datetime, until: datetime | None = None) -> Sequence[Sale]:
        """Sales that changed in that time, the longest unchanged first."""
        with self.alone():
            found = [
                sale
                for sale in self.sales.values()
                if sale.changed_at >= since and (not until or sale.changed_at < until)
            ]
        return sorted(found, key=lambda sale: (sale.changed_at, sale.number))

    def buy(self, sale: Sale) -> Sale:
        """A new sale."""
        with self.alone():
            self.sales[sale.number] = sale
            self._touch(sale)
        return sale

    def ship(self, name: str, *, carrier: str, tracking: str, pieces: Mapping[str, int] | None = None) -> Parcel:
        """Hand over so many pieces of these lines, by their ids; all that is left where none are named."""
        with self.alone():
            sale = self._open(name)
            left = {line.id: line.quantity - line.cancelled - line.shipped for line in sale.lines}
            if not any(left.values()):
                raise NotPossible("All of it has been shipped.")
            wanted = left if pieces is None else pieces
            if any(count > left.get(line, 0) for line, count in wanted.items()):
                raise NotPossible("So many are not left.")
            for line in sale.lines:
                line.shipped += wanted.get(line.id, 0)
            parcel = Parcel(
                id=self.number("p"),
                carrier=carrier,
                tracking=tracking,
                state=TrackingState.IN_TRANSIT,
                shipped_at=self.now(),
            )
            sale.parcels.append(parcel)
            self._touch(sale)
            return parcel

    def scan(self, name: str, state: TrackingState) -> None:
        """The carrier says where all of a sale's parcels are."""
        with self.alone():
            sale = self.sale(name)
            for parcel in sale.parcels:
                parcel.state = state
                parcel.delivered_at = self.now() if state is TrackingState.DELIVERED else parcel.delivered_at
            self._touch(sale)

    def cancel(self, name: str, *, pays_back: bool = True) -> Sale:
        """Cancel what has not been shipped; all the money for it goes back, where the platform does so."""
        with self.alone():
            sale = self._open(name)
            if any(line.shipped for line in sale.lines):
                raise NotPossible("It has been shipped.")
            for line in sale.lines:
                line.cancelled = line.quantity
            sale.cancelled_at = self.now()
            if pays_back:
                left = sale.total - sale.refunded
                sale.refunds.append(MoneyBack(id=self.number("r"), amount=left, reason="cancelled", at=self.now()))
            self._touch(sale)
            return sale

    def cancel_pieces(self, name: str, pieces: Mapping[str, int]) -> Sale:
        """Cancel so many pieces of these lines, by their ids; the money for them goes back."""
        with self.alone():
            sale = self._open(name)
            for line in sale.lines:
                count = pieces.get(line.id, 0)
                if count > line.quantity - line.cancelled - line.shipped:
                    raise NotPossible("So many are not left.")
                line.cancelled += count
            if all(line.cancelled == line.quantity for line in sale.lines):
                sale.cancelled_at = self.now()
            value = sum(line.price * pieces.get(line.id, 0) for line in sale.lines)
            amount = min(value, sale.total - sale.refunded)
            sale.refunds.append(MoneyBack(id=self.number("r"), amount=amount, reason="cancelled", at=self.now()))
            self._touch(sale)
            return sale

    def ask_to_cancel(self, name: str) -> None:
        """The buyer asks for a cancellation."""
        with self.alone():
            sale = self._open(name)
            sale.cancel_asked_at = self.now()
            self._touch(sale)

    def refuse_to_cancel(self, name: str) -> None:
        """The seller refuses that."""
        with self.alone():
            sale = self._open(name)
            if sale.cancel_asked_at is None or sale.cancel_refused:
                raise NotPossible("Nobody waits for a decision.")
            sale.cancel_refused = True
            self._touch(sale)

    def refund(self, name: str, *, amount: int, reason: str, key: str = "") -> MoneyBack:
        """Pay back. With a `key` that was used before, it is the refund of then."""
        with self.alone():
            sale = self.sale(name)
            known = next((refund for refund in sale.refunds if key and refund.key == key), None)
            if known is not None:
                return known
            if not 0 < amount <= sale.total - sale.refunded:
                raise NotPossible(f"At most {sale.total - sale.refunded} can go back.")
            refund = MoneyBack(id=self.number("r"), amount=amount, reason=reason, at=self.now(), key=key)
            sale.refunds.append(refund)
            self._touch(sale)
            return refund

    def ask_for_return(self, name: str, *, reason: str, comment: str = "") -> GoodsBack:
        """The buyer wants to send it back."""
        with self.alone():
            sale = self.sale(name)
            at = self.now()
            back = GoodsBack(
                id=self.number("ret"),
                state=ReturnState.REQUESTED,
                reason=reason,
                comment=comment,
                asked_at=at,
                changed_at=at,
                decide_by=at + timedelta(days=3),
            )
            sale.returns.append(back)
            self._touch(sale)
            return back

    def decide_return(self, return_id: str, *, approve: bool, has_come: bool = False) -> GoodsBack:
        """We say yes or no to a return, or to the goods that have come."""
        with self.alone():
            sale, back = self.return_(return_id)
            if back.state is not ReturnState.REQUESTED and not has_come:
                raise NotPossible(f"The return is {back.state}.")
            approved = ReturnState.RECEIVED if has_come else ReturnState.AUTHORISED
            back.state = approved if approve else ReturnState.REFUSED
            back.changed_at = self.now()
            self._touch(sale)
            return back

    def return_(self, return_id: str) -> tuple[Sale, GoodsBack]:
        """A return and its sale. Raises NotPossible."""
        with self.alone():
            for sale in self.sales.values():
                for back in sale.returns:
                    if back.id == return_id:
                        return sale, back
        raise NotPossible(f"There is no return {return_id}.")

    def write(
        self,
        talk_id: str,
        *,
        by: By,
        text: str,
        to: Sequence[By] = (),
        subject: str = "",
        files: Sequence[tuple[str, int]] = (),
    ) -> Letter:
        """Somebody writes in a conversation."""
        with self.alone():
            talk = self.talks.get(talk_id)
            if talk is None:
                raise NotPossible(f"There is no conversation {talk_id}.")
            letter = Letter(
                id=self.number("m"), by=by, text=text, at=self.now(), to=tuple(to), subject=subject, files=tuple(files)
            )
            talk.letters.append(letter)
            self._note(talk.id, talk)
            return letter

    def begin(self, talk: Talk) -> Talk:
        """A new conversation; its first letter is written at once afterwards."""
        with self.alone():
            self.talks[talk.id] = talk
            self._note(talk.id, talk)
            return talk

    def put_on_shelf(self, sku: str, available: int) -> None:
        """So much of a product is there from now on."""
        with self.alone():
            level = self.stock[sku]
            level.available, level.changed_at = available, self.now()
            self._note(sku, level)

    def _open(self, name: str) -> Sale:
        sale = self.sale(name)
        if sale.cancelled_at is not None:
            raise NotPossible("The order is cancelled.")
        return sale

    def _touch(self, sale: Sale) -> None:
        sale.changed_at = self.now()
        self._note(sale.number, sale)
        for listener in self.listeners:
            listener(sale)

    def _note(self, key: str, thing: Thing) -> None:
        """Once for each piece of work, whatever changes of it: the keepers get it as it stands at the end."""
        self._changed[f"{type(thing).__name__} {key}"] = thing
