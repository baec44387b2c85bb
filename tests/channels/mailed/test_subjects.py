import pytest

from tresen.channels.mailed.subjects import reply_subject, subject_from


@pytest.mark.parametrize(
    ("subject", "reply"),
    [
        ("Lieferung (Bestellung: 303-1)", "Re: Lieferung (Bestellung: 303-1)"),
        ("Re: Lieferung", "Re: Lieferung"),
        ("RE: Lieferung", "RE: Lieferung"),
        ("AW: Lieferung", "AW: Lieferung"),
        ("R: Consegna", "R: Consegna"),
        ("Re[2]: Lieferung", "Re[2]: Lieferung"),
        ("Fwd: Lieferung", "Re: Fwd: Lieferung"),
        ("Reklamation: defekt", "Re: Reklamation: defekt"),
        ("", "Re:"),
    ],
)
def test_an_answer_has_one_re_and_the_subject_unchanged(subject: str, reply: str) -> None:
    assert reply_subject(subject) == reply
    assert reply_subject(reply) == reply


def test_a_form_gets_its_subject_from_the_first_line() -> None:
    assert subject_from("\n\n  Where is it?\nBye") == "Where is it?"
    assert subject_from("word " * 40) == "word " * 15 + "…"
    assert subject_from("") == ""
