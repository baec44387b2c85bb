import pytest

from tresen.channels.tracking import TrackingState, tracking_state, vocabularies


@pytest.mark.parametrize(
    ("vocabulary", "word", "state"),
    [
        ("shopify", "OUT_FOR_DELIVERY", TrackingState.OUT_FOR_DELIVERY),
        ("shopify", "failure", TrackingState.EXCEPTION),
        ("ups", "RS", TrackingState.RETURNED),
        ("amazon_shipping", "Delivered", TrackingState.DELIVERED),
        ("aftership", "Teleported", None),
    ],
)
def test_a_carriers_word_is_one_of_six_states_or_unknown(vocabulary: str, word: str, state: TrackingState) -> None:
    assert tracking_state(vocabulary, word) is state


def test_no_word_of_a_vocabulary_means_two_things() -> None:
    for name, vocabulary in vocabularies().items():
        words = [word.casefold() for words in vocabulary.states.values() for word in words]
        assert len(words) == len(set(words)), name


def test_an_unknown_vocabulary_is_an_error() -> None:
    with pytest.raises(LookupError):
        tracking_state("pigeon", "landed")
