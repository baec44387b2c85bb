"""The story as the platforms know it: for each of the demo's accounts what was sold, written, taken back. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tresen.fakes.ebay.post_order import Requested
from tresen.fakes.meta.platform import Comment
from tresen.fakes.sales import Sale, Shelved, Talk
from tresen.local.demo.platforms.sales import DECIDED_AFTER, sale_of, shelves
from tresen.local.demo.platforms.talks import comment_of, inbound_numbers, talk_of
from tresen.local.demo.tale.happenings import Noticed
from tresen.local.demo.tale.notices import request_number
from tresen.local.demo.tale.stores import PLATFORMS, SMALL_STORES, store_plan
from tresen.local.demo.tale.story import Story

type Beside = Requested | Comment
"""What a platform keeps that is part of no world: what eBay asks of us, and words below posts."""
RESPOND_WITHIN = timedelta(days=3)
OPEN, CLOSED = "WAITING_SELLER_RESPONSE", "CLOSED"


@dataclass(slots=True, kw_only=True)
class Told:
    """What one account begins with."""

    sales: list[Sale] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    stock: list[Shelved] = field(default_factory=list)
    requests: list[Requested] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


def told_to_platforms(story: Story, *, now: datetime) -> Mapping[str, Told]:
    """By the key of their store. The same story at the same time gives the same."""
    met = {plot.thread.store.key for plot in story.plots}
    plans = (*PLATFORMS, *(plan for plan in SMALL_STORES if plan.key in met))
    told = {plan.key: Told(stock=shelves(now=now)) for plan in plans}
    numbered = _returns_with_numbers(story)
    counted: dict[str, int] = defaultdict(int)
    for order in story.orders:
        key = order.store.sells_at
        counted[key] += 1
        sale = sale_of(
            order, counted[key], plan=store_plan(key), now=now, return_id=numbered.get((key, order.number), "")
        )
        told[key].sales.append(sale)
    for plot in story.plots:
        key = plot.thread.store.key
        if key in told and (talk := talk_of(plot)).letters:
            told[key].talks.append(talk)
        comments = [one for happening in plot.happenings if (one := comment_of(plot, happening))]
        if comments:
            told[key].comments.extend(comments)
    for key, requests in _requests(story, now=now).items():
        told[key].requests.extend(requests)
    return told


def decide(requests: Iterable[Requested], *, now: datetime) -> list[Requested]:
    """Close what has been open for long enough, at its time; gives what was closed."""
    due = [one for one in requests if one.status == OPEN and one.opened_at + DECIDED_AFTER <= now]
    for one in due:
        one.status, one.changed_at = CLOSED, one.opened_at + DECIDED_AFTER
    return due


def _returns_with_numbers(story: Story) -> Mapping[tuple[str, str], str]:
    """EBay's mails about returns name them by a number: that is the return's own."""
    return {
        (plot.thread.store.key, plot.thread.order.number): str(request_number(plot.thread, number))
        for plot in story.plots
        if plot.thread.order and plot.thread.store.channel == "ebay"
        for number, happening in inbound_numbers(plot)
        if isinstance(happening, Noticed) and happening.kind == "return_requested"
    }


def _requests(story: Story, *, now: datetime) -> Mapping[str, list[Requested]]:
    """EBay's requests because something has not come, as its mails told of them; those that are not decided yet."""
    made: dict[str, list[Requested]] = defaultdict(list)
    for plot in story.plots:
        order = plot.thread.order
        for number, happening in inbound_numbers(plot):
            open_still = happening.at + DECIDED_AFTER > now
            if order and open_still and isinstance(happening, Noticed) and happening.kind == "item_not_received_opened":
                made[plot.thread.store.key].append(
                    Requested(
                        id=request_number(plot.thread, number),
                        sale=order.number,
                        status=OPEN,
                        opened_at=happening.at,
                        changed_at=happening.at,
                        respond_by=happening.at + RESPOND_WITHIN,
                    )
                )
    return made
