"""Messages whose words a platform has approved: they may leave when answers in free words no longer may. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tresen.channels.feeds import Stopped
from tresen.channels.outbound import StoreAccess, TemplateUse

_VARIABLE = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a template as they are, or the place of a variable in it, as it is written there."""

    text: str
    variable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedTemplate:
    """One of them, as the platform has it. `text` has its variables as "{{name}}"; `footer` stands below it as it is.

    `about` is the platform's own kind of it; `examples` are what it was approved with, by the variable's name.
    """

    name: str
    language: str
    text: str
    footer: str = ""
    about: str = ""
    examples: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What tells it from others of the store."""
        return f"{self.name}/{self.language}"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of what is to be filled in, in the order of the text."""
        return tuple(dict.fromkeys(_VARIABLE.findall(self.text)))

    @property
    def pieces(self) -> Sequence[Piece]:
        """The text without its footer, cut where something is to be filled in."""
        found, end = list[Piece](), 0
        for place in _VARIABLE.finditer(self.text):
            found += [Piece(self.text[end : place.start()]), Piece(place[0], place[1])]
            end = place.end()
        return [piece for piece in (*found, Piece(self.text[end:])) if piece.text]

    def filled(self, values: Mapping[str, str]) -> str:
        """The words as the customer reads them. What has no value stays as it is written."""
        text = "".join(values.get(piece.variable, piece.text) for piece in self.pieces)
        return "\n\n".join(part for part in (text, self.footer) if part)

    def used(self, values: Mapping[str, str]) -> TemplateUse:
        """What the connector is told to send."""
        return TemplateUse(
            name=self.name, language=self.language, values=tuple((name, values[name]) for name in self.variables)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDoor:
    """`listed` asks the platform which templates may be sent now."""

    listed: Callable[[StoreAccess], Sequence[ApprovedTemplate] | Stopped]
