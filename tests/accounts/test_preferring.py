import pytest

from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import Actor
from tresen.accounts.models import Theme
from tresen.accounts.preferring import change_profile
from tresen.accounts.wording import AccountWrong

pytestmark = pytest.mark.django_db


def change(agent, **given):
    wanted = {"name": "Jana Meier", "language": "it", "theme": Theme.DARK, "zone": "Europe/Rome", **given}
    change_profile(agent.pk, **wanted, by=Actor.agent(agent.pk), at=MONDAY)
    agent.refresh_from_db()


def test_agents_decide_how_they_are_spoken_to():
    agent = an_agent()
    change(agent)
    assert (agent.name, agent.language, agent.theme, agent.zone) == ("Jana Meier", "it", "dark", "Europe/Rome")


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("language", "tlh"), ("zone", ""), ("zone", "Mars/Base"), ("zone", "../../etc/passwd")],
)
def test_what_cannot_be_is_said_at_its_field(field, value):
    agent = an_agent()
    with pytest.raises(AccountWrong) as wrong:
        change(agent, **{field: value})
    assert [problem.where for problem in wrong.value.problems] == [field]
