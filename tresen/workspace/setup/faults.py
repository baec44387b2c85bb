"""What an operation found wrong, shown at the fields it is about."""

from collections.abc import Callable, Iterable
from typing import Protocol

from django import forms


class Problem(Protocol):
    """As policies, timetables, stores and accounts report it."""

    @property
    def where(self) -> str:
        """The path of the field."""

    @property
    def sentence(self) -> str:
        """What is wrong with it."""


def show_problems(form: forms.Form, problems: Iterable[Problem], *, field_of: Callable[[str], str | None]) -> None:
    """Add each problem to the field that `field_of` names for its path; to the whole form where it names none."""
    for problem in problems:
        field = field_of(problem.where)
        form.add_error(field if field in form.fields else None, problem.sentence)
