"""The questions of a ticket as its screen shows them: whom we wait for, since when, and when to chase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_skeleton
from django.utils import translation
from django.utils.translation import gettext as _

from tresen.partners.models import Question
from tresen.partners.proposing import usual_chase_day
from tresen.partners.queries import chase_due, questions_on
from tresen.partners.recognising import without_code
from tresen.staffing.queries import coverage_of
from tresen.tickets import queries
from tresen.tickets.models import Ticket
from tresen.tickets.questions import QuestionNow, QuestionState, questions_in
from tresen.tickets.recorded import RecordedEvent
from tresen.workspace import naming
from tresen.workspace.dates import day_and_time


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown:
    """One question that is waited for, or whose answer nobody has read. `chase`: from today on somebody must.

    `up_to` is the newest answer; `usual`: the day by which another mail would be chased.
    """

    id: int
    partner: str
    icon: str
    words: str
    detail: str
    tone: str
    chase: bool
    unread: bool
    up_to: int
    usual: date


def questions_shown(ticket: Ticket, history: Sequence[RecordedEvent], *, at: datetime) -> list[QuestionShown]:
    """What a ticket waits for, unread answers first; two queries, none where nothing was asked."""
    standing = questions_in(history)
    wanted = [one for one in standing.values() if one.state is QuestionState.OPEN or one.unread_since is not None]
    if not wanted:
        return []
    known = {question.pk: question for question in questions_on(ticket.pk)}
    shown = [_shown(known[one.question], one, ticket, history, at=at) for one in wanted if one.question in known]
    return sorted(shown, key=lambda one: (not one.unread, not one.chase, one.id))


def chased_on(ticket: Ticket, question_id: int) -> date | None:
    """The day on which this answer is to be chased; None where nobody does."""
    history = queries.history_of(ticket.pk)
    due = chase_due(questions_in(history)[question_id], history)
    return _day_of(due, ticket) if due else None


def day_to_come(before: date | None, question: Question, at: datetime) -> str:
    """The day on which it was to be chased, as a form takes it; the usual one once that is over."""
    usual = usual_chase_day(question.partner, question.ticket, at=at)
    return (before if before is not None and before > _day_of(at, question.ticket) else usual).isoformat()


def short_day(day: date, at: datetime) -> str:
    """A day as short as it can be without doubt."""
    language = translation.get_language() or "en"
    skeleton = "MMMEd" if day.year == at.year else "yMMMEd"
    return format_skeleton(skeleton, day, locale="en_GB" if language == "en" else language)


def partners_in(ticket: Ticket, history: Sequence[RecordedEvent]) -> Mapping[int, str]:
    """The names of those who were asked, by conversation; no query where nobody was."""
    if not questions_in(history):
        return {}
    return {question.conversation_id: question.partner.name for question in questions_on(ticket.pk)}


def _shown(
    question: Question, one: QuestionNow, ticket: Ticket, history: Sequence[RecordedEvent], *, at: datetime
) -> QuestionShown:
    due = chase_due(one, history)
    unread = one.unread_since is not None
    day = _day_of(due, ticket) if due else None
    chase = not unread and day is not None and day <= _day_of(at, ticket)
    return QuestionShown(
        id=question.pk,
        partner=question.partner.name,
        icon="mail-check" if unread else naming.PARTNER_ICONS[question.partner.kind],
        words=_words(question, unread=unread),
        detail=_detail(question, one, day, at=at, chase=chase, unread=unread),
        tone="accent" if unread else "late" if due and due <= at else "soon" if chase else "",
        chase=chase,
        unread=unread,
        up_to=max(one.answers, default=0),
        usual=usual_chase_day(question.partner, ticket, at=at),
    )


def _words(question: Question, *, unread: bool) -> str:
    partner = {"partner": question.partner.name}
    if unread:
        return _("%(partner)s has answered") % partner
    return _("Waiting for %(partner)s") % partner


def _detail(question: Question, one: QuestionNow, day: date | None, *, at: datetime, chase: bool, unread: bool) -> str:
    since = one.unread_since if unread and one.unread_since else one.since
    parts = [_("since %(when)s") % {"when": day_and_time(since, at)}]
    if unread:
        parts = [day_and_time(since, at)]
    elif day is None:
        parts.append(_("no date to chase it"))
    elif chase:
        parts.append(_("to be chased since %(when)s") % {"when": short_day(day, at)})
    else:
        parts.append(_("chase on %(when)s") % {"when": short_day(day, at)})
    if len(one.messages) > 1 and not unread:
        parts.append(_("asked %(times)s times") % {"times": len(one.messages)})
    return " · ".join(filter(None, [*parts, without_code(question.conversation.subject)]))


def _day_of(moment: datetime, ticket: Ticket) -> date:
    """The day by the team's calendar; a due time at midnight belongs to the day before."""
    zone = coverage_of([ticket.team_id])[ticket.team_id].zone
    return (moment - timedelta(seconds=1)).astimezone(zone).date()
