"""Pages of a list that changes while it is read.

Whatever is changed meanwhile drops out of a window that ends before, and moves all behind it one forward: read from the
first page on, one entry would be passed over. Read from the last page back to the first, entries may come twice.
"""

from tresen.channels.typed_json import NotAsDocumented

MOST_ENTRIES = 1_000_000


def offset_of(place: str) -> int | None:
    """Where a place stands; None at a window's beginning. Raises NotAsDocumented for a place that is none of ours."""
    if not place:
        return None
    if not place.isdecimal() or int(place) > MOST_ENTRIES:
        raise NotAsDocumented(f"“{place[:40]}” is no place of ours.")
    return int(place)


def last_page(total: int, size: int) -> int:
    """The offset of the last page of `size` entries."""
    return max(0, min(total, MOST_ENTRIES) - 1) // size * size


def before(offset: int, size: int) -> str:
    """The place of the page before; empty where there is none."""
    return str(max(0, offset - size)) if offset > 0 else ""
