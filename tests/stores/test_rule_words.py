"""What rule packs say is said in the agent's language."""

from collections.abc import Iterable

from django.utils import translation

from tresen.channels.rule_files import all_rule_packs
from tresen.stores import rule_words
from tresen.stores.channel_words import source_title
from tresen.stores.rule_words import rule_words as in_words

EDITIONS = [edition for packs in all_rule_packs() for edition in packs.editions]


def known(words: Iterable[object]) -> set[str]:
    with translation.override(None):
        return {str(word) for word in words}


def test_every_platform_and_region_is_known_to_the_catalogues():
    assert {packs.title for packs in all_rule_packs()} == known(rule_words.PLATFORMS)
    assert {one.title for packs in all_rule_packs() for one in packs.regions} == known(rule_words.REGIONS)


def test_every_limit_and_exclusion_of_every_edition_is_known_to_the_catalogues():
    assert {one.title for edition in EDITIONS for one in edition.cliffs} == known(rule_words.LIMITS)
    assert {one.title for edition in EDITIONS for one in edition.exclusions} == known(rule_words.EXCLUSIONS)
    assert {one.title for edition in EDITIONS for one in edition.words} == known(rule_words.WORDS)


def test_every_source_that_is_no_address_is_known_to_the_catalogues():
    named = {source for edition in EDITIONS for source in edition.sources}
    named |= {one.source for edition in EDITIONS for one in edition.cliffs}
    named |= {one.source for edition in EDITIONS for one in edition.exclusions}

    assert {source for source in named if not source.startswith("https://")} == known(rule_words.SOURCES)
    with translation.override("de"):
        assert source_title("Nothing found in public pages") == "In öffentlichen Seiten nichts gefunden"


def test_limits_are_called_in_the_active_language():
    with translation.override("de"):
        assert in_words("Access request") == "Auskunftsanfrage"
    with translation.override("it"):
        assert in_words("Response rate") == "Tasso di risposta"
