"""Whom an answer into a platform's thread can be for, where others than the buyer read there too."""

from collections.abc import Callable
from dataclasses import dataclass

from tresen.channels.inbound import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """`roles` are those that an answer can be for, one or several at once, in the order in which they are shown.

    `key` gives the key of the conversation with one of them in the thread that a key belongs to.
    """

    roles: tuple[Role, ...]
    key: Callable[[str, Role], str]
