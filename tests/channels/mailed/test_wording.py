from tresen.channels.mailed.footers import Footers
from tresen.channels.mailed.wording import contains_any, folded, value_after


def test_case_accents_spaces_and_apostrophes_do_not_count() -> None:
    assert folded("L\u2019ordine  è\u00a0STATO") == folded("l'ordine e stato")
    assert contains_any(folded("Décision concernant la réclamation"), (folded("decision CONCERNANT"),))


def test_other_scripts_stay_comparable() -> None:
    assert folded("キャンセルリクエスト") == folded("キャンセルリクエスト")


def test_a_value_stands_behind_its_label_or_on_the_next_line() -> None:
    assert value_after(("Return reason", "Motivo"), "x\nReturn reason: Too small\ny") == "Too small"
    assert value_after(("Motivo",), "Motivo :\n  Defectuoso\ny") == "Defectuoso"
    assert value_after(("Motivo",), "Motive: no") == ""
    assert value_after((), "a: b") == ""


def test_a_footer_is_a_line_that_begins_with_the_words() -> None:
    footers = Footers(("Located:", "Item ID:"))
    assert footers.cut("Where are you\nlocated? Item ID: 5\n  Item ID: 7\nmore") == "Where are you\nlocated? Item ID: 5"
    assert footers.cut("nothing here") == "nothing here"
    assert footers.start_in("x Located: y") is None
