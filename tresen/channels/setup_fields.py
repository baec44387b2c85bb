"""What an administrator is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupField:
    """One field an administrator fills in. `kind`: text, email, select, secret, url.

    `pattern`: what fits it as a whole, whatever the case; `unfit` says what does, to who entered something else.
    `readable`: a secret that one makes up, and enters at the platform too: it is sealed, and shown to administrators.
    """

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    help_text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    pattern: str = ""
    unfit: str = ""
    readable: bool = False
