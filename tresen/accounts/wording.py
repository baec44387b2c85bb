"""What is wrong with an account or a team as it was entered."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the field, then a sentence."""

    where: str
    sentence: str


class AccountWrong(ValueError):
    """An agent or a team that cannot be kept as it was entered. `problems` names everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{problem.where}: {problem.sentence}" for problem in self.problems))
