from tresen.channels.mailed.subjects import subject_from


def test_a_form_gets_its_subject_from_the_first_line() -> None:
    assert subject_from("\n\n  Where is it?\nBye") == "Where is it?"
    assert subject_from("word " * 40) == "word " * 15 + "…"
    assert subject_from("") == ""


def test_hello_is_no_subject() -> None:
    assert subject_from("Sehr geehrte Damen und Herren,\n\nwo ist mein Paket?") == "wo ist mein Paket?"
    assert subject_from("Hallo!\nDie Lampe flackert.") == "Die Lampe flackert."
    assert subject_from("Hallo,") == "Hallo,"
