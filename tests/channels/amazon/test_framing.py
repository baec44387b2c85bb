import pytest

from tresen.channels.amazon.framing import read_frame
from tresen.channels.amazon.knowledge import frame_words


def framed(start: str, words: str, end: str, *, head: str = "You have received a message.\n\n", tail: str = "") -> str:
    return f"{head}------------- {start} -------------\n\n{words}\n\n------------- {end} -------------\n{tail}"


@pytest.mark.parametrize("end", frame_words().ends)
@pytest.mark.parametrize("start", frame_words().starts)
def test_every_start_goes_with_every_end_whatever_the_language(start: str, end: str) -> None:
    found = read_frame(framed(f"{start}:  ", "Guten Tag,\n\nalles gut?", end))
    assert found is not None
    assert found.words == "Guten Tag,\n\nalles gut?"


@pytest.mark.parametrize("dash", ["-", "–", "—", "_", "=", "─"])
def test_all_kinds_of_dashes_mark(dash: str) -> None:
    text = f"{dash * 14}Message:{dash * 14} Hello {dash * 3} End message {dash * 3}"
    found = read_frame(text)
    assert found is not None
    assert found.words == "Hello"


def test_markers_and_text_on_one_line_are_told_apart() -> None:
    found = read_frame("------------- Message: ------------- Hi there ------------- End message ------------- Bye")
    assert found is not None
    assert (found.words, found.tail.strip()) == ("Hi there", "Bye")


def test_an_unknown_end_is_found_by_its_shape() -> None:
    found = read_frame(framed("Message:", "Hej, var är pallen?", "Avsluta meddelande", tail="Lös ärende"))
    assert found is not None
    assert found.words == "Hej, var är pallen?"
    assert found.tail.strip() == "Lös ärende"


def test_without_any_end_the_footer_ends_the_words() -> None:
    found = read_frame("------------- Message: -------------\nHello\n\nWas this email helpful?\nSPC-EUAmazon-1")
    assert found is not None
    assert found.words == "Hello"


def test_without_end_and_footer_everything_is_the_buyers() -> None:
    found = read_frame("------------- Message: -------------\nHello\nworld")
    assert found is not None
    assert (found.words, found.tail) == ("Hello\nworld", "")


def test_an_end_pasted_by_the_buyer_does_not_cut_his_words() -> None:
    words = "look:\n------------- End message -------------\nhttps://evil.example\nso?"
    found = read_frame(framed("Message:", words, "End message", tail="Resolve case"))
    assert found is not None
    assert found.words == words
    assert found.tail.strip() == "Resolve case"


def test_a_frame_in_a_quoted_history_is_not_this_mails_frame() -> None:
    history = "\n".join("> " + line for line in framed("Message:", "Where is it?", "End message").splitlines())
    assert read_frame(f"Thank you!\n\n{history}") is None
    outlook = framed("Message:", "Where is it?", "End message")
    assert read_frame(f"Thank you!\n\n-----Original Message-----\nFrom: Shop\n\n{outlook}") is None


def test_garbled_markers_are_known_and_the_words_mended() -> None:
    text = framed("Début du message", "Où est-il ? C'est cassé.", "Fin du message", head="")
    found = read_frame(text.encode("utf-8").decode("latin-1"))
    assert found is not None
    assert found.mojibake
    assert found.words == "Où est-il ? C'est cassé."


def test_garbled_markers_around_words_that_cannot_be_mended_leave_them() -> None:
    start = "Début du message".encode().decode("latin-1")
    found = read_frame(framed(start, "prix 5 €", "Fin du message"))
    assert found is not None
    assert found.words == "prix 5 €"


def test_decomposed_letters_are_compared_in_one_form() -> None:
    assert read_frame(framed("De\u0301but du message", "Bonjour", "Fin du message")) is not None


@pytest.mark.parametrize("text", ["", "Hello", "--- hello ---", "Message:\nHello", "------------- Hello -------------"])
def test_a_text_without_markers_has_no_frame(text: str) -> None:
    assert read_frame(text) is None
