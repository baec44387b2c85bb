from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from tresen.channels.rule_files import load_rule_packs
from tresen.sla.overriding import Said
from tresen.workspace.setup.rules.forms import StoreRulesForm

THAI = load_rule_packs("tiktok_shop").at(datetime(2026, 11, 28, tzinfo=UTC), "tiktok.com/th")
CHRISTMAS = (datetime(2026, 12, 24, 5, tzinfo=UTC), datetime(2026, 12, 27, 5, tzinfo=UTC))
BANGKOK = "Asia/Bangkok"


def typed(**given: str) -> StoreRulesForm:
    data = QueryDict(mutable=True)
    data.update({"reason": "Holidays", **given})
    form = StoreRulesForm(data, pack=THAI, said=Said(), zone=BANGKOK)
    assert form.is_valid(), form.errors
    return form


def test_an_exclusion_holds_from_and_until_in_the_agents_zone() -> None:
    form = typed(from_holiday_mode="2026-12-24T12:00", until_holiday_mode="2026-12-27T12:00")
    assert form.said_now() == Said(stretches={"holiday_mode": (CHRISTMAS,)})


def test_without_an_end_it_holds_until_further_notice() -> None:
    form = typed(from_holiday_mode="2026-12-24T12:00")
    assert form.said_now() == Said(stretches={"holiday_mode": ((CHRISTMAS[0], None),)})


def test_a_new_stretch_does_not_forget_the_one_that_is_over() -> None:
    data = QueryDict(mutable=True)
    data.update({"reason": "Again", "from_holiday_mode": "2027-01-01T00:00"})
    form = StoreRulesForm(data, pack=THAI, said=Said(stretches={"holiday_mode": (CHRISTMAS,)}), zone=BANGKOK)
    assert form.is_valid()
    assert form.said_now().stretches["holiday_mode"] == (CHRISTMAS, (datetime(2026, 12, 31, 17, tzinfo=UTC), None))


def test_the_form_shows_what_was_said() -> None:
    form = StoreRulesForm(pack=THAI, said=Said(limits={"response_rate": 600}), zone=BANGKOK)
    assert form["time_response_rate"].value() == "10 h"


@pytest.mark.parametrize(("text", "minutes"), [("12 h", 720), ("90min", 90), ("2 D", 2880)])
def test_times_are_written_as_they_come_to_mind(text: str, minutes: int) -> None:
    assert typed(time_response_rate=text).said_now() == Said(limits={"response_rate": minutes})
