"""A store's own pattern of order numbers, tried before every mail is searched with it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tresen.mail.sandbox import Done, Sandbox
from tresen.stores.pattern_samples import Searched

LONGEST_PATTERN = 120
SECONDS = 0.5


def objections(pattern: str) -> Iterator[str]:
    """What speaks against a pattern, in sentences for an administrator."""
    if len(pattern) > LONGEST_PATTERN:
        yield _("The pattern of order numbers is too long.")
        return
    try:
        finds_nothing = re.compile(pattern).search("") is None
    except re.error as wrong:
        yield _(
            "The pattern of order numbers can't be read: look at sign %(place)s, or at a bracket that is left open."
        ) % {"place": (wrong.pos or 0) + 1}
        return
    if pattern and not finds_nothing:
        yield _("The pattern of order numbers fits anything.")
    elif pattern and not _ends_in_time(pattern):
        yield _(
            "The pattern of order numbers takes too long with some texts. Say how often each sign may come at most: "
            "{1,12} instead of + or *, and nothing repeated within what is repeated."
        )


def _ends_in_time(pattern: str) -> bool:
    """Python's search can't be interrupted from within: a child process can be killed."""
    with Sandbox("tresen.stores.pattern_samples:search_worst", answers=[Searched], seconds=SECONDS) as child:
        return isinstance(child.run(pattern), Done)
