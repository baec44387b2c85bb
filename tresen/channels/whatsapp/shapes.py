"""What WhatsApp tells in webhooks, as far as it is used (Business Messaging API v23.0)."""

from collections.abc import Sequence

import msgspec


class Metadata(msgspec.Struct, frozen=True):
    """The number that was written to."""

    phone_number_id: str = ""
    display_phone_number: str = ""


class Profile(msgspec.Struct, frozen=True):
    """What somebody calls himself."""

    name: str = ""


class Contact(msgspec.Struct, frozen=True):
    """Somebody who wrote: by his number, by an id for this business alone, or both."""

    profile: Profile | None = None
    wa_id: str | None = None
    user_id: str | None = None


class Text(msgspec.Struct, frozen=True):
    """Words."""

    body: str = ""


class Media(msgspec.Struct, frozen=True):
    """A file, which is fetched by its id."""

    id: str
    caption: str | None = None
    filename: str | None = None
    mime_type: str | None = None


class Place(msgspec.Struct, frozen=True):
    """A place on the globe."""

    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


class Pressed(msgspec.Struct, frozen=True):
    """A button, or a line of a list, that was chosen."""

    text: str | None = None
    title: str | None = None


class Interactive(msgspec.Struct, frozen=True):
    """What was chosen of what was offered."""

    button_reply: Pressed | None = None
    list_reply: Pressed | None = None


class Ordered(msgspec.Struct, frozen=True):
    """A line of an order out of a catalogue."""

    product_retailer_id: str = ""
    quantity: int | str = 1


class Order(msgspec.Struct, frozen=True):
    """An order out of a catalogue: a wish, no sale that any shop knows."""

    product_items: Sequence[Ordered] = ()
    text: str | None = None


class PhoneOf(msgspec.Struct, frozen=True):
    """A telephone."""

    phone: str | None = None


class NameOf(msgspec.Struct, frozen=True):
    """A name."""

    formatted_name: str | None = None


class Card(msgspec.Struct, frozen=True):
    """A visiting card."""

    name: NameOf | None = None
    phones: Sequence[PhoneOf] | None = None


class System(msgspec.Struct, frozen=True):
    """What happened to the customer's account."""

    body: str | None = None


class Wrong(msgspec.Struct, frozen=True):
    """What went wrong."""

    code: int = 0
    title: str = ""
    message: str | None = None


class Written(msgspec.Struct, frozen=True):
    """A message."""

    id: str
    timestamp: str
    type: str = ""
    sender: str | None = msgspec.field(default=None, name="from")
    from_user_id: str | None = None
    group_id: str | None = None
    text: Text | None = None
    image: Media | None = None
    video: Media | None = None
    audio: Media | None = None
    document: Media | None = None
    sticker: Media | None = None
    location: Place | None = None
    contacts: Sequence[Card] | None = None
    button: Pressed | None = None
    interactive: Interactive | None = None
    order: Order | None = None
    system: System | None = None
    errors: Sequence[Wrong] | None = None


class Status(msgspec.Struct, frozen=True):
    """How far a message of ours has come."""

    id: str
    status: str
    timestamp: str
    errors: Sequence[Wrong] | None = None
