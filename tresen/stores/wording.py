"""What is wrong with a store or mailbox that somebody sets up, field by field, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the field, then a sentence."""

    where: str
    sentence: str


class SetupWrong(ValueError):
    """It can't be kept as it was given. `problems` holds all that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = tuple(problems)
