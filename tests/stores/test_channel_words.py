"""Channels and their limits are called in the agent's language."""

from django.utils import translation

from tresen.stores import channel_words
from tresen.stores.channel_words import channel_title, limit_title, source_title
from tresen.stores.connectors import connectors


def test_every_channel_is_known_to_the_catalogues():
    with translation.override(None):
        known = {str(title) for title in channel_words.CHANNELS}

    assert {connector.title for connector in connectors()} == known


def test_every_limit_of_every_edition_is_known_to_the_catalogues():
    titles = {
        cliff.title for connector in connectors() for pack in connector.rule_packs.editions for cliff in pack.cliffs
    }
    with translation.override(None):
        known = {str(title) for title in channel_words.LIMITS}

    assert titles == known


def test_every_source_that_is_no_address_is_known_to_the_catalogues():
    sources = {
        source for connector in connectors() for pack in connector.rule_packs.editions for source in pack.sources
    }
    with translation.override(None):
        known = {str(source) for source in channel_words.SOURCES}

    assert {source for source in sources if not source.startswith("https://")} == known
    with translation.override("de"):
        assert source_title(known.pop()).startswith("Abschrift")


def test_channels_and_limits_are_called_in_the_active_language():
    with translation.override("de"):
        assert (channel_title("email"), limit_title("A-to-z claim possible")) == ("E-Mail", "A-bis-z-Antrag möglich")
    with translation.override("it"):
        assert (channel_title("website"), limit_title("Late response rate")) == (
            "Sito web",
            "Tasso di risposte in ritardo",
        )
