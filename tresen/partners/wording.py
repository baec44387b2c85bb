"""What is wrong with a partner as it was entered, or with a question to one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the field, then a sentence."""

    where: str
    sentence: str


class PartnerWrong(ValueError):
    """A partner that cannot be kept as it was entered. `problems` names everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{problem.where}: {problem.sentence}" for problem in self.problems))


class CannotAsk(ValueError):
    """The question can't be asked so. `where` names the field, and the message is a sentence for the agent."""

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.where = where


class NothingToAnswer(ValueError):
    """The question is settled: nobody waits for an answer any more."""
