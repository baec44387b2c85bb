"""Tells the story into the database: window by window, what came in as batches, what agents did by operations."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection

from tresen.local.demo.acting import Course, act
from tresen.local.demo.asking import ask_partners
from tresen.local.demo.bringing import coming_of
from tresen.local.demo.favouring import favour
from tresen.local.demo.founding import Shop
from tresen.local.demo.owing import decide_cases, owe_something
from tresen.local.demo.rostering import plan_roster
from tresen.local.demo.side_by_side import Company, tell_in_parts
from tresen.local.demo.taking_in import Coming, Place, take_in, take_in_raw
from tresen.local.demo.tale.happenings import Done, Happening, Tagged, Wrote
from tresen.local.demo.tale.story import DAYS, KNOWN_FOR, Story
from tresen.sla.models import Notice
from tresen.sla.watching import Watch, sweep
from tresen.tickets import ledger
from tresen.tickets.models import Tag
from tresen.tickets.snoozing import wake_due
from tresen.tickets.solving import close_old

type Progress = Callable[[float, int], None]
"""Told now and then: how much of the time is over (0 to 1), and how many tickets there are."""

WINDOW = timedelta(hours=12)
FINE_WINDOW = timedelta(hours=2)
RAW_FOR = timedelta(days=2)
READ_AFTER = timedelta(hours=12)


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """No waiting for the disk and no savepoints: should this fail or die half-way, the demo is filled anew."""
    features = connection.features
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = True
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def fill(
    story: Story,
    shop: Shop,
    *,
    address: str,
    now: datetime,
    progress: Progress,
    days: int = DAYS,
    side_by_side: int = 1,
) -> None:
    """Make all of it happen, in its order, up to `now`; told by so many processes.

    Orders are known already, from platforms that talk at `address`.
    """
    with _in_a_hurry():
        favour(story, address=address, at=now - KNOWN_FOR)
        _make_tags(story)
    plan_roster(shop, now=now)  # before anything comes in: all of it gets its place by the same coverage

    def tell(company: Company) -> None:
        with _in_a_hurry():
            _Teller(story, shop, company, address=address, now=now).tell(progress, began=now - timedelta(days=days))

    tell_in_parts(tell, parts=side_by_side)
    owe_something(list(shop.agents.values()), now=now)
    ask_partners(list(shop.agents.values()), now=now)
    Notice.objects.filter(shown_from__lt=now - READ_AFTER).update(read_at=now - READ_AFTER)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _make_tags(story: Story) -> None:
    """All tags at once: two tellers that need the same new ones would wait for each other in a circle."""
    names = {one.name for plot in story.plots for one in plot.happenings if isinstance(one, Tagged)}
    Tag.objects.bulk_create([Tag(name=name) for name in sorted(names)], ignore_conflicts=True)


class _Teller:
    def __init__(self, story: Story, shop: Shop, company: Company, *, address: str, now: datetime) -> None:
        self.shop = shop
        self.address = address
        self.now = now
        self.company = company
        self.watch = Watch()
        self.beginnings = [plot.happenings[0].at for plot in story.plots]
        mine = [plot for plot in story.plots if company.tells_of(plot.thread.buyer.address)]
        self.waiting = [Course(plot=plot) for plot in reversed(mine)]
        self.running: list[Course] = []

    def tell(self, progress: Progress, *, began: datetime) -> None:
        start = began
        while start < self.now:
            window = FINE_WINDOW if start > self.now - RAW_FOR else WINDOW
            end = min(start + window, self.now)
            self._window(end)
            if self.company.leads:
                progress((end - began) / (self.now - began), bisect_right(self.beginnings, end))
            start = end

    def _window(self, end: datetime) -> None:
        while self.waiting and self.waiting[-1].plot.happenings[0].at <= end:
            self.running.append(self.waiting.pop())
        while self._came_in(end) + self._was_done(end):
            pass
        self.running = [course for course in self.running if course.told < len(course.plot.happenings)]
        self.company.meet()
        if self.company.leads:
            wake_due(end)
            decide_cases(until=end)
            close_old(end)
            sweep(self.watch, end)
        self.company.meet()

    def _came_in(self, end: datetime) -> int:
        """What came in until then and stands before the next thing done, in one batch."""
        coming: list[tuple[Course, Happening, Coming]] = []
        for course in self.running:
            for happening in _next(course, end):
                if isinstance(happening, Done):
                    break
                course.payloads += 1
                coming.append((course, happening, coming_of(course, happening, address=self.address)))
            course.told += sum(one is course for one, _, _ in coming)
        if coming:
            self._file(coming)
        return len(coming)

    def _file(self, coming: Sequence[tuple[Course, Happening, Coming]]) -> None:
        at = max(happening.at for _, happening, _ in coming) + timedelta(seconds=1)
        payloads = [one for _, _, one in coming]
        if at > self.now - RAW_FOR:
            with self.company.in_turn:  # who parses what was kept takes whatever is there
                places = take_in_raw(payloads, self.shop, at=at)
        else:
            places = take_in(payloads, self.shop, at=at)
        for course, happening, one in coming:
            if (place := places.get(one.key)) is not None:
                _remember(course, happening, place)

    def _was_done(self, end: datetime) -> int:
        """What agents did until then, before anything else came in; its consequences follow once."""
        doing: list[tuple[Course, Done]] = []
        for course in self.running:
            before = len(doing)
            for happening in _next(course, end):
                if not isinstance(happening, Done):
                    break
                doing.append((course, happening))
            course.told += len(doing) - before
        doing.sort(key=lambda one: one[1].at)
        if doing:
            with ledger.together(at=doing[-1][1].at):
                for course, done in doing:
                    act(course, done, by=self.shop.agents[done.agent])
        return len(doing)


def _next(course: Course, end: datetime) -> list[Happening]:
    return [happening for happening in course.plot.happenings[course.told :] if happening.at <= end]


def _remember(course: Course, happening: Happening, place: Place) -> None:
    if isinstance(happening, Wrote):
        course.ticket, course.conversation, course.newest = place.ticket, place.conversation, place.message
    elif not course.ticket:
        course.ticket = place.ticket
