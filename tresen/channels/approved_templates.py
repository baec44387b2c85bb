"""Messages whose words a platform has approved: they may leave when answers in free words no longer may. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tresen.channels.feeds import Stopped
from tresen.channels.outbound import StoreAccess, TemplateUse

_VARIABLE = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedTemplate:
    """One of them, as the platform has it. `text` has its variables as "{{name}}"; `footer` stands below it as it is.

    `about` is the platform's own kind of it.
    """

    name: str
    language: str
    text: str
    footer: str = ""
    about: str = ""

    @property
    def key(self) -> str:
        """What tells it from others of the store."""
        return f"{self.name}/{self.language}"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of what is to be filled in, in the order of the text."""
        return tuple(dict.fromkeys(_VARIABLE.findall(self.text)))

    def filled(self, values: Mapping[str, str]) -> str:
        """The words as the customer reads them. What has no value stays as it is written."""
        text = _VARIABLE.sub(lambda found: values.get(found[1], found[0]), self.text)
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
