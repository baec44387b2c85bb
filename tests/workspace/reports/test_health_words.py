from pathlib import Path

import tresen.channels
from tresen.channels.health_measures import health_measures
from tresen.workspace.reports.health_words import NOTES, TITLES


def test_every_measure_has_a_title_that_the_catalogues_know():
    platforms = [file.parent.name for file in Path(tresen.channels.__path__[0]).glob("*/health.yaml")]
    titles = {measure.title for platform in platforms for measure in health_measures(platform)}
    assert titles == {str(title) for title in TITLES}


def test_every_source_without_an_address_is_a_note_that_the_catalogues_know():
    platforms = [file.parent.name for file in Path(tresen.channels.__path__[0]).glob("*/health.yaml")]
    sources = {one for platform in platforms for measure in health_measures(platform) for one in measure.sources}
    assert {one for one in sources if not one.startswith("https://")} == {str(note) for note in NOTES}
