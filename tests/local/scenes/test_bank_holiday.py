from datetime import timedelta

from tresen.local.scenes.bank_holiday import BEGINS, tell
from tresen.local.scenes.matters import AMAZON

DAY = timedelta(hours=24)


def test_on_tuesday_morning_three_thousand_are_open_a_third_of_them_late_and_some_savable():
    waiting = tell().waiting
    by_amazon = [one for one in waiting if one.thread.store in AMAZON]
    late = [one for one in by_amazon if one.at <= BEGINS - DAY]
    assert (len(waiting), len(late), len(by_amazon) - len(late)) == (3000, 1050, 450)


def test_it_is_the_same_day_every_time():
    assert [(one.at, one.text) for one in tell(0.01).told] == [(one.at, one.text) for one in tell(0.01).told]


def test_fourteen_people_work_for_eight_hours():
    scene = tell()
    assert scene.agents == 14
    assert scene.ends - scene.begins == timedelta(hours=8)


def test_the_clocks_were_put_forward_while_nobody_worked():
    assert tell(0.01).told[0].at.utcoffset() != BEGINS.utcoffset()
