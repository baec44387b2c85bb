"""Ways in which one message can be answered, of which its writer chooses one on purpose."""

from dataclasses import dataclass

EDIT = ":edit:"
"""In an external id: what follows is which edit of the message before it this is. Both are answered as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWay:
    """One way. `key` is kept with the answer and given to the connector; `title` and `help_text` are for people.

    `public`: all can read it. `usual`: it is taken where nobody chooses another; one of a surface's ways at most, and
    none where the choice decides who reads it. `answers`: what leaves so is an answer; else its reader waits on.
    `once`: each message of theirs can be answered so once; this says why not again.
    """

    key: str
    title: str
    help_text: str = ""
    public: bool = False
    usual: bool = False
    answers: bool = True
    once: str = ""
