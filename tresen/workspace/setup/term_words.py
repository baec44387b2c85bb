"""Until when a store's credentials hold, in words: in a line for whoever looks, in sentences where it is pressing."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from tresen.stores.connection_troubles import explained_connection
from tresen.stores.terms.queries import TermStanding
from tresen.workspace.reports.words import long_day
from tresen.workspace.setup.stores.labels import label


def term_words(term: TermStanding) -> str:
    """Holds until 30 January 2027; is renewed by itself on 10 January 2027."""
    if term.ends_at is None:
        return _("does not end")
    told = {"day": _day(term.ends_at), "next": _day(term.next_at) if term.next_at else ""}
    if term.renews and not term.failing_since:
        if term.at_latest:
            return _("is about to be renewed")
        return _("holds until %(day)s; is renewed by itself on %(next)s") % told
    return (_("holds until %(day)s at the latest") if term.at_latest else _("holds until %(day)s")) % told


def ending_words(term: TermStanding, *, at: datetime) -> str:
    """What is wrong, when it ends, and what to do, for an administrator."""
    return " ".join(_ending(term, at=at))


def _ending(term: TermStanding, *, at: datetime) -> Iterator[str]:
    assert term.ends_at is not None, "only what ends is pressing"
    told = {"credential": label(term.label), "day": _day(term.ends_at)}
    if term.ends_at <= at:
        late, known = _("%(credential)s: was to end on %(day)s at the latest."), _("%(credential)s: ended on %(day)s.")
        yield (late if term.at_latest else known) % told
    elif term.failing_since:
        words = _("%(credential)s: could not be renewed since %(since)s. %(trouble)s")
        trouble = explained_connection(term.trouble).sentence
        yield words % {**told, "since": _day(term.failing_since), "trouble": trouble}
        late, known = _("It ends on %(day)s at the latest."), _("It ends on %(day)s.")
        yield (late if term.at_latest else known) % told
    else:
        late, known = _("%(credential)s: ends on %(day)s at the latest."), _("%(credential)s: ends on %(day)s.")
        yield (late if term.at_latest else known) % told
    if term.ends_at > at:
        yield label(term.then) or _("Then nothing is read and no answer leaves.")
    if term.by_consent:
        yield _("Sign in at the platform again, on the page of the store’s connection.")
    else:
        yield _("Make a new one at the platform and enter it on the page of the store’s connection.")


def _day(moment: datetime) -> str:
    return long_day(moment.astimezone(timezone.get_current_timezone()).date())
