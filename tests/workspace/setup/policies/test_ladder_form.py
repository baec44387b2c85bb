"""The ladder in a policy's form."""

import pytest
from django.urls import reverse

from tests.factories.shops import a_team
from tresen.sla.ladders import STANDARD, Moment, Reassign, Rung, Step, ladder_in
from tresen.sla.models import Policy
from tresen.workspace.setup.policies.ladder_form import LadderForm

pytestmark = pytest.mark.django_db
POLICY = {"open_clocks": "keep", "name": "Alles", "currency": "EUR", "first_reply_h": 4, "first_reply_in": "always"}


def as_posted(form: LadderForm) -> dict[str, object]:
    """What a browser sends back untouched."""
    sent: dict[str, object] = {}
    for row in form.rows:
        for bound in row:
            value = bound.value()
            if value not in {None, ""} if not isinstance(value, list) else value:
                sent[bound.html_name] = value
        sent[f"{row.prefix}-when"] = row["when"].value()
    return sent


@pytest.mark.parametrize(
    "ladder",
    [
        None,
        (Step(when=Moment.WARNING, notify=(Rung.ASSIGNEE, Rung.LEAD)),),
        (Step(when=Moment.BREACHED, minutes=90, notify=(Rung.ON_CALL,), reassign=Reassign.AVAILABLE, tier=0),),
    ],
)
def test_what_is_shown_and_sent_back_untouched_changes_nothing(ladder, by_lead):
    by_lead.post(reverse("setup-policy-new"), POLICY | as_posted(LadderForm(None, ladder=ladder)))
    stored = Policy.objects.get(name="Alles").versions.get().targets
    assert ladder_in(stored) == (STANDARD if ladder is None else ladder)
    assert ("ladder" in stored) == (ladder is not None)


def test_a_page_without_a_ladder_leaves_it_as_it_was():
    ladder = (Step(when=Moment.BREACHED, tier=0),)
    assert LadderForm({}, ladder=ladder).stated()["ladder"]
    assert LadderForm({}, ladder=None).stated() == {}


def test_all_steps_emptied_is_a_ladder_on_which_nothing_happens(by_lead):
    by_lead.post(reverse("setup-policy-new"), POLICY | {"step-0-when": "breached", "step-1-when": "warning"})
    assert Policy.objects.get(name="Alles").versions.get().targets["ladder"] == []


def test_a_team_can_take_over(by_lead):
    team = a_team("Reklamationen")
    by_lead.post(reverse("setup-policy-new"), POLICY | {"step-0-when": "breached", "step-0-team": team.pk})
    (step,) = ladder_in(Policy.objects.get(name="Alles").versions.get().targets)
    assert step.team == team.pk


def test_what_cannot_be_read_is_said_at_its_step(by_lead):
    given = POLICY | {"step-0-when": "breached", "step-0-notify": "lead", "step-0-minutes": "soon"}
    answer = by_lead.post(reverse("setup-policy-new"), given)
    assert answer.status_code == 422
    assert "data-wrong" in answer.text
    assert not Policy.objects.filter(name="Alles").exists()


def test_the_form_shows_the_ladder_in_force(by_lead):
    text = by_lead.get(reverse("setup-policy-new")).text
    assert text.count('class="ladder-step card"') == len(STANDARD) + 2
