"""What an event is made of: ids, enums, keys, numbers and times."""

from typing import ClassVar, NewType

import msgspec

Key = NewType("Key", str)
"""A short word of ours, like "a_to_z_threat": never a person's words, names or addresses."""

KEY = r"^[a-z0-9][a-z0-9_.:/+ -]{0,79}$|^$"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of fact. `kind` stands in the rows and is never renamed."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1
