from datetime import date
from decimal import Decimal

import pytest

from tresen.reports.entering import TableWrong, read_table, value_of

TODAY = date(2026, 11, 28)
KNOWN = {"Nordlicht.de": {"late_responses_30": 7}}


def test_a_table_with_commas_or_semicolons_is_read():
    for text in (
        "store,measure,date,value\nNordlicht.de,late_responses_30,2026-11-27,4.2\n",
        '\ufeffstore;measure;date;value\nNordlicht.de;late_responses_30;2026-11-27;"4,2 %"\n',
    ):
        (found,) = read_table(text, known=KNOWN, today=TODAY)
        assert (found.store, found.measure, found.as_of) == (7, "late_responses_30", date(2026, 11, 27))
        assert found.value == Decimal("4.20")


def test_a_table_is_taken_whole_or_not_at_all_and_says_what_is_wrong_where():
    text = (
        "store,measure,date,value\n"
        "Nordlicht.de,late_responses_30,2026-11-27,4.2\n"
        "Elsewhere,late_responses_30,2026-11-27,4.2\n"
        "Nordlicht.de,moon,2026-11-27,4.2\n"
        "Nordlicht.de,late_responses_30,27.11.,4.2\n"
        "Nordlicht.de,late_responses_30,2026-11-27,NaN\n"
    )
    with pytest.raises(TableWrong) as wrong:
        read_table(text, known=KNOWN, today=TODAY)
    assert wrong.value.lines == [(3, "store"), (4, "measure"), (5, "date"), (6, "value")]


def test_a_table_without_the_columns_is_refused():
    with pytest.raises(TableWrong) as wrong:
        read_table("a,b\n1,2\n", known=KNOWN, today=TODAY)
    assert wrong.value.lines == [(0, "columns")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ending):
    text = ending.join(["store;measure;date;value", "Nordlicht.de;late_responses_30;2026-11-27;4,2", ""])
    assert len(read_table(text, known=KNOWN, today=TODAY)) == 1


def test_a_day_that_has_not_come_is_refused():
    text = "store,measure,date,value\nNordlicht.de,late_responses_30,{},4.2\n"
    assert read_table(text.format("2026-11-29"), known=KNOWN, today=TODAY)
    with pytest.raises(TableWrong) as wrong:
        read_table(text.format("2036-11-27"), known=KNOWN, today=TODAY)
    assert wrong.value.lines == [(2, "future")]


def test_a_quotation_mark_without_its_other_half_is_named():
    text = 'store,measure,date,value\n"Nordlicht.de,late_responses_30,2026-11-27,4.2\n' + "x" * 140_000
    with pytest.raises(TableWrong) as wrong:
        read_table(text, known=KNOWN, today=TODAY)
    assert wrong.value.lines[0][1] == "line"


@pytest.mark.parametrize("written", ["", "x", "-1", "1e9", "inf"])
def test_what_is_no_figure_is_none(written):
    assert value_of(written) is None
