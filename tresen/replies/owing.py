"""Whether a ticket still owes somebody words."""

from tresen.outbox.models import Delivery, DeliveryState
from tresen.routing.queries import duty_owed, place_that_owes


def is_owed(ticket_id: int) -> bool:
    """Whether an answer is owed, or a word about one; an answer to all of it, on its way, settles that.

    So does one that a store in shadow holds: there the work is done, though nothing leaves. Once the shadow is over it
    waits for a person, and settles nothing.
    """
    place = place_that_owes(ticket_id)
    if place is None:
        return False
    return not place.on_its_way or _waits_for_a_person(ticket_id)


def is_settled(ticket_id: int) -> bool:
    """Whether a ticket may be solved: nobody waits for words, and no case, promise or legal request is open."""
    return not is_owed(ticket_id) and not duty_owed(ticket_id)


def _waits_for_a_person(ticket_id: int) -> bool:
    held = Delivery.objects.filter(message__ticket_id=ticket_id, state=DeliveryState.HELD)
    return held.filter(store__shadow=False).exists()
