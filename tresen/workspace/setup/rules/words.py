"""A platform's rule in plain words."""

from collections.abc import Collection, Iterator

from babel import Locale
from babel.dates import get_day_names
from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.channels.dated_data import Mark
from tresen.channels.limits import ALWAYS, Author, Average, Limit, SendWindow, Until, Weekday, Within
from tresen.channels.rule_packs import Cliff, Exclusion, NoResponse, RulePack, Unit
from tresen.channels.word_rules import WordRule
from tresen.sla.duty_sentences import duty_names
from tresen.sla.sentences import span
from tresen.stores.rule_words import rule_words
from tresen.workspace.setup.naming import reader
from tresen.workspace.setup.timetables.words import country_title


def limit_in_words(limit: Limit, pack: RulePack, *, there: str = "") -> str:
    """How much time there is: "24 h, around the clock". `there`: the country that needs no name."""
    match limit:
        case Within(months=months) if months:
            return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
        case Within(allowed=allowed, calendar=calendar):
            return f"{span(allowed)}, {_calendar_in_words(calendar, pack, there)}"
        case Until(weekday=weekday, time=time, zone=zone):
            words = _("until %(weekday)s %(time)s (%(zone)s)")
            return words % {"weekday": _days({weekday}), "time": time, "zone": zone}
        case Average(below=below, window=window):
            return _("below %(span)s on average over %(window)s") % {"span": span(below), "window": span(window)}
        case SendWindow(open_for=open_for):
            return _("%(span)s from the customer’s last message") % {"span": span(open_for)}


def notes_on(cliff: Cliff, pack: RulePack) -> list[str]:
    """What else is to know about a limit, as sentences."""
    notes = []
    match cliff.limit:
        case Average():
            notes.append(_("No single answer is late: the clock shows what to aim at, and reports keep it apart."))
        case SendWindow(authors=authors):
            only_people = authors == {Author.PERSON}
            notes.append(_("Then it is closed, also to people.") if only_people else _("Then it is closed."))
            if cliff.warn_before:
                ahead = format_list([span(left) for left in cliff.warn_before], locale=reader())
                notes.append(_("It warns %(ahead)s before.") % {"ahead": ahead})
        case Until(when=when):
            excluded = next(one for one in pack.exclusions if one.key == when)
            notes.append(_("Only while this holds: “%(title)s”.") % {"title": rule_words(excluded.title)})
        case Within():
            pass
    if cliff.applies_to.reasons:
        notes.append(_("Counts from when the ticket’s risk is raised for it."))
    if cliff.applies_to.intents:
        notes.append(_("Shown, not counted yet: nobody tells such messages apart."))
    return notes


def pack_in_words(pack: RulePack) -> list[str]:
    """What is to know about all limits for answers of an edition, as sentences."""
    if not pack.reply_cliffs:
        return [_("No time is set for answers to messages.")]
    notes = [_UNITS[pack.unit]()]
    if pack.counts_as_answer == {Author.PERSON}:
        notes.append(_("Only a person’s answer counts."))
    elif Author.AUTOMATIC in pack.counts_as_answer:
        notes.append(_("Automatic answers count too."))
    if pack.no_response is NoResponse.AT_PLATFORM:
        notes.append(_("“No response needed” counts only once it is marked there too."))
    return notes


def exclusions_in_words(pack: RulePack) -> Iterator[tuple[Exclusion, str]]:
    """What the platform leaves out, each as a sentence."""
    for one in pack.exclusions:
        words = _("Left out: “%(title)s”, while a store says so.") if one.by_store else _("Left out: “%(title)s”.")
        yield one, words % {"title": rule_words(one.title)}


def word_rules_in_words(pack: RulePack) -> Iterator[tuple[WordRule, str]]:
    """What answers may not say, each as a sentence."""
    for one in pack.words:
        words = _("Of what is written: “%(title)s”. What clearly breaks it is not sent.")
        yield one, words % {"title": rule_words(one.title)}


def duties_in_words(cliff: Cliff) -> str:
    """For which cases a limit is: "return request, cancellation request"."""
    return ", ".join(sorted(duty_names()[case] for case in cliff.applies_to.cases))


def sure_in_words(mark: Mark) -> str:
    """How sure we are of a rule."""
    return {
        Mark.SEEN: _("seen in the platform’s mail"),
        Mark.CODE: _("in somebody’s working code"),
        Mark.DOCUMENTED: _("the platform’s own word"),
        Mark.THIRD_PARTY: _("told by others"),
        Mark.GUESSED: _("from memory, please check"),
    }[mark]


def is_sure(mark: Mark) -> bool:
    """Whether it is the platform's own word."""
    return mark in {Mark.SEEN, Mark.DOCUMENTED}


_UNITS = {
    Unit.MESSAGE: lambda: _("Each message counts."),
    Unit.TURN: lambda: _("What waits for one answer counts once, from its first message."),
    Unit.CONVERSATION: lambda: _("A conversation counts once, from its first message."),
}


def _calendar_in_words(key: str, pack: RulePack, there: str) -> str:
    if key == ALWAYS:
        return _("around the clock")
    calendar = next(one for one in pack.calendars if one.key == key)
    days = _days(calendar.days)
    if not calendar.country:
        return _("counted on %(days)s") % {"days": days}
    if calendar.country == there:
        return _("counted on %(days)s, without the public holidays there") % {"days": days}
    country = country_title(calendar.country)
    return _("counted on %(days)s, without public holidays (%(country)s)") % {"days": days, "country": country}


def _days(days: Collection[Weekday]) -> str:
    names = get_day_names("abbreviated" if len(days) > 1 else "wide", locale=Locale.parse(reader()))
    numbers = sorted(day.number for day in days)
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):  # noqa: PLR2004 - a row of days
        return f"{names[numbers[0]]}–{names[numbers[-1]]}"
    return format_list([names[number] for number in numbers], locale=reader())
