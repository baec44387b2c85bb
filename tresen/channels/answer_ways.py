"""Ways in which one message can be answered, of which its writer chooses one on purpose."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWay:
    """One way. `key` is kept with the answer and given to the connector; `title` and `help_text` are for people.

    `public`: all can read it. `usual`: it is taken where nobody chooses another; one of a surface's ways at most, and
    none where the choice decides who reads it. `answers`: what leaves so is an answer; else its reader waits on.
    """

    key: str
    title: str
    help_text: str = ""
    public: bool = False
    usual: bool = False
    answers: bool = True
