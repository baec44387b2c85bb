import pytest

from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.abilities import LONGEST_SKILL, Abilities, set_abilities
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Experience, SetupChange
from tresen.accounts.wording import AccountWrong

pytestmark = pytest.mark.django_db


def test_who_was_never_asked_can_take_everything():
    agent = Agent.objects.get(pk=an_agent().pk)
    assert (agent.languages, agent.skills, agent.experience, agent.capacity) == ([], [], Experience.REGULAR, None)


def test_skills_are_kept_in_one_spelling_and_told_once():
    agent = an_agent()
    given = Abilities(languages=["it", "de"], skills=[" Returns ", "returns", "Big  Orders", ""], capacity=5)
    for _ in range(2):
        set_abilities(agent.pk, given, by=SYSTEM, at=MONDAY)
    agent.refresh_from_db()
    assert (agent.languages, agent.skills, agent.capacity) == (["de", "it"], ["big orders", "returns"], 5)
    assert SetupChange.objects.filter(subject=f"agent:{agent.pk}", what="abilities").count() == 1


def test_everything_that_is_wrong_is_said_at_once():
    agent = an_agent()
    wrong = Abilities(languages=["klingon"], skills=["x" * (LONGEST_SKILL + 1)], capacity=0)
    with pytest.raises(AccountWrong) as refused:
        set_abilities(agent.pk, wrong, by=SYSTEM, at=MONDAY)
    assert [problem.where for problem in refused.value.problems] == ["languages", "skills", "capacity"]
