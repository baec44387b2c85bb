from tresen.channels.mailed.quotes import LOOKED_AT, split


def test_new_words_and_history_are_told_apart() -> None:
    assert split("Danke!\n\n> Ihr Paket kommt.") == ("Danke!", "> Ihr Paket kommt.")


def test_a_text_of_nothing_but_history_is_all_new() -> None:
    assert split("> Ihr Paket kommt.") == ("> Ihr Paket kommt.", "")


def test_nothing_is_nothing() -> None:
    assert split("") == ("", "")


def test_a_long_text_goes_on_as_it_stood() -> None:
    words = "x" * LOOKED_AT
    assert split(f"{words}end").new == f"{words}end"
    history = "> y\n" * LOOKED_AT
    assert split(f"Danke!\n\n{history}").new == "Danke!"
