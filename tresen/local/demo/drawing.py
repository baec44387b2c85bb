"""Pictures of the story's products: drawn here, as the demo asks nobody."""

from collections.abc import Iterable
from datetime import datetime

from tresen.fakes.drawing import picture_of
from tresen.orders.models import Picture, PictureState
from tresen.orders.picturing import FRESH_FOR

HOST = "https://pictures.tannlicht.example"


def address_of(sku: str) -> str:
    """Where the story's platforms say that a product's picture lies."""
    return f"{HOST}/{sku}.png"


def draw(products: Iterable[tuple[int, str]], *, at: datetime) -> None:
    """Keep a picture of each of these, by store and SKU, as if it had been fetched."""
    Picture.objects.bulk_create(
        [
            Picture(
                store_id=store,
                address=address_of(sku),
                state=PictureState.KEPT,
                content=picture_of(sku),
                content_type="image/png",
                used_at=at,
                fetched_at=at,
                next_at=at + FRESH_FOR,
            )
            for store, sku in sorted(set(products))
        ],
        ignore_conflicts=True,
    )
