"""The editions of a platform's rules as one: what they share stands once, what differs beside its region."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.channels.dated_data import Mark
from tresen.channels.rule_files import LAW
from tresen.channels.rule_packs import Cliff, RulePack, RulePacks
from tresen.sla.ageing import is_old
from tresen.stores.channel_words import source_title
from tresen.stores.rule_words import rule_words
from tresen.workspace.setup.naming import day_in_words
from tresen.workspace.setup.rules.words import (
    duties_in_words,
    exclusions_in_words,
    is_sure,
    limit_in_words,
    notes_on,
    pack_in_words,
    sure_in_words,
    word_rules_in_words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShown:
    """Where rules are written, under the number that they cite it by. `address` is empty where it has none."""

    number: int
    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """How sure a rule is where that is not said of all; empty for the platform's own word."""

    words: str
    is_sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where something holds, none for every region given; for which cases, where that tells rules apart."""

    places: tuple[str, ...]
    of: str
    sure: Sure
    sources: tuple[SourceShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """How much time there is, and where."""

    time: str
    notes: tuple[str, ...]
    where: tuple[Where, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """One limit, with a line for each time that it has somewhere."""

    title: str
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    """What else is to know, and where that holds."""

    words: str
    where: tuple[Where, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Since when rules count and when they were checked."""

    places: tuple[str, ...]
    since: str
    checked: str
    old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesShown:
    """All that some editions say. `sure`: of all their rules at once, empty where they differ."""

    dates: tuple[Dates, ...]
    sure: Sure
    answers: tuple[RuleShown, ...]
    duties: tuple[RuleShown, ...]
    notes: tuple[NoteShown, ...]
    sources: tuple[SourceShown, ...]


def gathered(editions: Sequence[RulePack], packs: RulePacks, at: datetime) -> RulesShown:
    """These editions of one platform, of different regions."""
    return _Gathering(editions, packs).shown(at)


class _Gathering:
    """Numbers sources in the order in which they are cited."""

    def __init__(self, editions: Sequence[RulePack], packs: RulePacks) -> None:
        self.editions, self.packs = editions, packs
        marks = {cliff.sure for pack in editions for cliff in pack.cliffs}
        self.mark = marks.pop() if len(marks) == 1 else Mark.DOCUMENTED
        self.sources: dict[str, SourceShown] = {}

    def shown(self, at: datetime) -> RulesShown:
        answers = self._rules(lambda pack: pack.reply_cliffs)
        duties = self._rules(lambda pack: [cliff for cliff in pack.cliffs if cliff not in pack.reply_cliffs])
        notes = self._notes()
        for source in (source for pack in self.editions for source in pack.sources):
            self._cited(source)
        return RulesShown(
            dates=tuple(self._dates(at)),
            sure=_sure(self.mark, than=Mark.DOCUMENTED),
            answers=answers,
            duties=duties,
            notes=notes,
            sources=tuple(self.sources.values()),
        )

    def _dates(self, at: datetime) -> Iterable[Dates]:
        found = _grouped(((pack.valid_from, pack.checked, is_old(pack, at)), pack) for pack in self.editions)
        for (since, checked, old), packs in found.items():
            places = self._places(packs)
            if len(found) == 1 and all(pack.region for pack in packs):
                places = self._titles(packs)
            yield Dates(places=places, since=day_in_words(since), checked=day_in_words(checked), old=old)

    def _rules(self, cliffs: Callable[[RulePack], Iterable[Cliff]]) -> tuple[RuleShown, ...]:
        found = _grouped((rule_words(cliff.title), (cliff, pack)) for pack in self.editions for cliff in cliffs(pack))
        return tuple(RuleShown(title=title, lines=tuple(self._lines(given))) for title, given in found.items())

    def _lines(self, given: Sequence[tuple[Cliff, RulePack]]) -> Iterable[LineShown]:
        told_apart = len({cliff.applies_to.cases for cliff, _pack in given}) > 1
        found = _grouped((self._time(cliff, pack), (cliff, pack)) for cliff, pack in given)
        for (time, notes), cliffs in found.items():
            where = _grouped(
                ((duties_in_words(cliff) if told_apart else "", cliff.sure, cliff.source), pack)
                for cliff, pack in cliffs
            )
            yield LineShown(time=time, notes=notes, where=tuple(self._where(*key, where[key]) for key in where))

    def _time(self, cliff: Cliff, pack: RulePack) -> tuple[str, tuple[str, ...]]:
        countries = {region.key: region.country for region in self.packs.regions}
        there = countries.get(pack.region, "") if len(self.editions) > 1 else ""
        return limit_in_words(cliff.limit, pack, there=there), tuple(notes_on(cliff, pack))

    def _notes(self) -> tuple[NoteShown, ...]:
        if self.packs.platform == LAW:
            return ()
        said = [(words, (Mark.DOCUMENTED, "", pack)) for pack in self.editions for words in pack_in_words(pack)]
        said += [
            (words, (one.sure, one.source, pack)) for pack in self.editions for one, words in exclusions_in_words(pack)
        ]
        said += [
            (words, (one.sure, one.source, pack)) for pack in self.editions for one, words in word_rules_in_words(pack)
        ]
        notes = []
        for words, given in _grouped(said).items():
            where = _grouped(((sure, source), pack) for sure, source, pack in given)
            notes.append(NoteShown(words=words, where=tuple(self._where("", *key, where[key]) for key in where)))
        return tuple(notes)

    def _where(self, of: str, mark: Mark, source: str, packs: Sequence[RulePack]) -> Where:
        return Where(
            places=self._places(packs),
            of=of,
            sure=_sure(mark, than=self.mark),
            sources=(self._cited(source),) if source else (),
        )

    def _places(self, packs: Sequence[RulePack]) -> tuple[str, ...]:
        everywhere = {pack.region for pack in packs} == {pack.region for pack in self.editions}
        return () if everywhere else self._titles(packs)

    def _titles(self, packs: Sequence[RulePack]) -> tuple[str, ...]:
        return tuple(
            rule_words(self.packs.region_title(pack.region)) if pack.region else _("everywhere else") for pack in packs
        )

    def _cited(self, source: str) -> SourceShown:
        if source not in self.sources:
            address = source if source.startswith("https://") else ""
            words = source.removeprefix("https://") if address else source_title(source)
            self.sources[source] = SourceShown(number=len(self.sources) + 1, words=words, address=address)
        return self.sources[source]


def _sure(mark: Mark, *, than: Mark) -> Sure:
    return Sure(words="" if mark is than else sure_in_words(mark), is_sure=is_sure(mark))


def _grouped[K, V](pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
