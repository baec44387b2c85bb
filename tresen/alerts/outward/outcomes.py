"""What one attempt to post notices came to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Posted:
    """The other side took it."""

    answer: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """It was certainly not taken, and trying again may help."""

    reason: str


@dataclass(frozen=True, slots=True)
class Never:
    """It was certainly not taken, and will not be: somebody must mend the set-up."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It left whole and no answer came. Not sent again: nobody shall get the same notice twice."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moot:
    """There is nothing left to say, or nobody who may still read it."""

    reason: str


type Outcome = Posted | Again | Never | Unknown | Moot
