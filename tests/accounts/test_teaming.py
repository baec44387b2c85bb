import pytest

from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import SetupChange, Team
from tresen.accounts.teaming import add_team, rename_team
from tresen.accounts.wording import AccountWrong

pytestmark = pytest.mark.django_db


def test_a_team_gets_its_name_tidied_and_its_beginning_recorded():
    agent = an_agent()
    team = add_team(name="  Amazon   Europe ", by=Actor.agent(agent.pk), at=MONDAY)
    assert team.name == "Amazon Europe"
    change = SetupChange.objects.get()
    assert (change.subject, change.what, change.by, change.at) == (f"team:{team.pk}", "added", agent, MONDAY)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b", "AMAZON"])
def test_a_name_that_says_nothing_or_is_taken_is_refused_in_words(name):
    add_team(name="Amazon", by=SYSTEM, at=MONDAY)
    with pytest.raises(AccountWrong) as wrong:
        add_team(name=name, by=SYSTEM, at=MONDAY)
    assert [problem.where for problem in wrong.value.problems] == ["name"]
    assert Team.objects.count() == 1


def test_a_team_may_keep_its_name_or_write_it_otherwise():
    team = add_team(name="amazon", by=SYSTEM, at=MONDAY)
    rename_team(team.pk, name="Amazon", by=SYSTEM, at=MONDAY)
    rename_team(team.pk, name="Amazon", by=SYSTEM, at=MONDAY)
    assert Team.objects.get().name == "Amazon"
    assert list(SetupChange.objects.values_list("what", flat=True)) == ["added", "renamed"]
