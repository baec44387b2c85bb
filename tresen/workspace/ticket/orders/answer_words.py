"""What came of an action in plain words, and what the platform said word for word."""

import json
import re
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tresen.actions.models import Action, ActionState
from tresen.stores.causes import Trouble
from tresen.stores.channel_words import channel_title
from tresen.stores.connection_troubles import sentence_of
from tresen.workspace.dates import day_and_time

OURS = (
    gettext_noop("The program stopped while this was being done."),
    gettext_noop("The platform does not offer this any more."),
)
"""What we keep as an answer ourselves."""


def answer_shown(action: Action, *, at: datetime) -> Trouble:
    """Why it is not done, and what happens next; empty where there is nothing to explain."""
    match action.state:
        case ActionState.UNCERTAIN:
            return Trouble(f"{_nobody_knows(action)} {_looking(action, at)}", action.answer)
        case ActionState.REFUSED:
            return _refused(action)
        case ActionState.QUEUED if action.attempts and action.answer:
            when = day_and_time(action.next_attempt_at, at) if action.next_attempt_at else ""
            return Trouble(_("It did not work yet. It is tried again: %(when)s.") % {"when": when}, action.answer)
        case ActionState.DECLINED:
            return Trouble(_declined(action))
        case _:
            return Trouble("")


def _nobody_knows(action: Action) -> str:
    channel = {"channel": channel_title(action.store)}
    if action.answer in OURS:
        return f"{_(action.answer)} {_('Nobody knows yet whether it was done.')}"
    if _FAULT.match(action.answer):
        return _("%(channel)s had a fault of its own: nobody knows yet whether it was done.") % channel
    return _("%(channel)s gave no answer that we understand: nobody knows yet whether it was done.") % channel


def _looking(action: Action, at: datetime) -> str:
    told = {"channel": channel_title(action.store)}
    if action.next_look_at is None:
        return (
            _(
                "%(channel)s was read several times and does not show it; it is not read for it any more. Look there "
                "yourself, and say here what you see."
            )
            % told
        )
    if action.next_look_at <= at:
        return _("It is being looked for there now.")
    told["next"] = day_and_time(action.next_look_at, at)
    if action.looked_at is None:
        return _("It is looked for there again: %(next)s.") % told
    told["when"] = day_and_time(action.looked_at, at)
    return _("%(channel)s was read %(when)s and does not show it. It is looked for there again: %(next)s.") % told


def _declined(action: Action) -> str:
    if action.decided_by is None or not action.why_not:
        return action.why_not
    return f"{action.decided_by.name}: {action.why_not}"


def _refused(action: Action) -> Trouble:
    channel = channel_title(action.store)
    said = _plain(action.answer)
    if not said:
        return Trouble(_("%(channel)s did not do it.") % {"channel": channel}, action.answer)
    words = _("%(channel)s did not do it: %(said)s") % {"channel": channel, "said": said}
    return Trouble(words, "" if said == action.answer else action.answer)


def _plain(answer: str) -> str:
    """What can be read of an answer: its own sentence, or that within what machines tell each other."""
    if answer in OURS:
        return _(answer)
    if found := _MESSAGE.search(answer):
        return str(json.loads(f'"{found[1]}"'))
    plain = _STATUS.sub("", answer)
    return "" if plain[:1] in {"{", "[", "<", ""} else sentence_of(plain)


_FAULT = re.compile(r"5\d\d\b")
_STATUS = re.compile(r"^[1-5]\d\d\s*")
_MESSAGE = re.compile(r'"(?:longMessage|message)"\s*:\s*"((?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})+)"')
