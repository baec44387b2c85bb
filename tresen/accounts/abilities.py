"""What an agent can take on: languages, skills, experience, and how much at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Agent, Experience
from tresen.accounts.wording import AccountWrong, Problem

LONGEST_SKILL = 40
MOST_HELD = 500
LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "it", "ja",
    "lt", "lv", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "sv", "th", "tr", "uk", "zh",
)  # fmt: skip
"""Codes of the languages that can be chosen: those that the marketplaces' buyers write in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """No languages: all. `skills` are keys of channels and free words; no `capacity`: no limit."""

    languages: Iterable[str] = ()
    skills: Iterable[str] = ()
    experience: Experience = Experience.REGULAR
    capacity: int | None = None


@transaction.atomic
def set_abilities(agent_id: int, abilities: Abilities, *, by: Actor, at: datetime) -> None:
    """What the agent can take on from now. Raises `AccountWrong`."""
    agent = Agent.objects.select_for_update().get(pk=agent_id)
    checked = _checked(abilities)
    if _said_of(agent) == checked:
        return
    for name, value in checked.items():
        setattr(agent, name, value)
    agent.save(update_fields=list(checked))
    record_change(f"agent:{agent_id}", "abilities", by=by, at=at, details=checked)


def skill(word: str) -> str:
    """A skill as it is kept and compared: in small letters, without needless spaces."""
    return " ".join(word.casefold().split())


def _said_of(agent: Agent) -> dict[str, object]:
    return {
        "languages": agent.languages,
        "skills": agent.skills,
        "experience": agent.experience,
        "capacity": agent.capacity,
    }


def _checked(given: Abilities) -> dict[str, object]:
    languages = sorted(set(given.languages))
    skills = sorted({word for each in given.skills if (word := skill(each))})
    problems = []
    if unknown := set(languages) - set(LANGUAGES):
        problems.append(Problem("languages", _("“%(code)s” is not a language.") % {"code": min(unknown)}))
    if any(len(word) > LONGEST_SKILL or not word.isprintable() for word in skills):
        sentence = _("A skill is a word of at most %(most)s characters.") % {"most": LONGEST_SKILL}
        problems.append(Problem("skills", sentence))
    if given.capacity is not None and not 1 <= given.capacity <= MOST_HELD:
        sentence = _("Enter a number between 1 and %(most)s, or nothing for no limit.") % {"most": MOST_HELD}
        problems.append(Problem("capacity", sentence))
    if problems:
        raise AccountWrong(problems)
    return {
        "languages": languages,
        "skills": skills,
        "experience": Experience(given.experience).value,
        "capacity": given.capacity,
    }
