"""Channels and their limits are called in the agent's language."""

from django.utils import translation

from tresen.stores import channel_words
from tresen.stores.channel_words import channel_title, limit_title
from tresen.stores.connectors import connectors


def test_every_channel_is_known_to_the_catalogues():
    with translation.override(None):
        known = {str(title) for title in channel_words.CHANNELS}

    assert {connector.title for connector in connectors()} == known


def test_channels_and_limits_are_called_in_the_active_language():
    with translation.override("de"):
        assert (channel_title("email"), limit_title("A-to-z claim possible")) == ("E-Mail", "A-bis-z-Antrag möglich")
    with translation.override("it"):
        assert (channel_title("website"), limit_title("Late response rate")) == (
            "Sito web",
            "Tasso di risposte in ritardo",
        )
