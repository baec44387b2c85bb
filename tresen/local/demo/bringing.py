"""What of the story comes in, in the bytes that its platform brings, and by the way that it comes."""

from datetime import datetime

from tresen.channels.contract import Source
from tresen.channels.feeds import Told
from tresen.local.demo.acting import Course
from tresen.local.demo.founding import Shop
from tresen.local.demo.platforms.hooks import HOOKED, told_by_webhook
from tresen.local.demo.platforms.inbox import told_by_interface
from tresen.local.demo.platforms.talks import letter_of
from tresen.local.demo.taking_in import Coming
from tresen.local.demo.tale.happenings import AnsweredThere, AutoReplied, Bounced, Happening, Noticed, Wrote
from tresen.local.demo.tale.mails import Thread, automatic_payload, bounce_payload, buyers_payload
from tresen.local.demo.tale.notices import notice_payload, own_answer_payload
from tresen.local.demo.tale.story import Story
from tresen.stores.telling import note_told


def coming_of(course: Course, happening: Happening, *, address: str) -> Coming:
    """What this brings. `address`: where the platforms talk."""
    thread, number = course.plot.thread.answered_by(course.answered), course.payloads
    key = f"{thread.key}/{number}"
    if thread.store.channel in HOOKED:
        return _told(key, thread, happening, told_by_webhook(course.plot, happening), Source.WEBHOOK)
    if thread.store.has_inbox and letter_of(course.plot, happening) is not None:
        told = told_by_interface(course.plot, happening, address=address)
        return _told(key, thread, happening, told, Source.API)
    sent_at = happening.sent_at if isinstance(happening, Wrote) and happening.sent_at else happening.at
    return Coming(
        key=key,
        store=thread.store,
        body=payload_of(thread, happening, at=sent_at, number=number),
        received_at=sent_at,
        source=Source.FORM if thread.by_form and isinstance(happening, Wrote) else Source.MAIL,
    )


def seem_told(story: Story, shop: Shop) -> None:
    """Let the stores whose platforms tell by themselves stand as their address would have left them."""
    for plot in story.plots:
        if plot.thread.store.channel in HOOKED:
            note_told(shop.stores[plot.thread.store.key], at=plot.happenings[-1].at)


def _told(key: str, thread: Thread, happening: Happening, told: Told, source: Source) -> Coming:
    return Coming(
        key=key,
        store=thread.store,
        body=told.body,
        received_at=happening.at,
        source=source,
        about=told.about,
        headers=told.headers,
    )


def payload_of(thread: Thread, happening: Happening, *, at: datetime, number: int) -> bytes:
    """The bytes in which something reaches us; `number` counts the thread's payloads."""
    match happening:
        case Wrote():
            return buyers_payload(thread, happening.text, at=at, number=number)
        case AutoReplied():
            return automatic_payload(thread, happening.subject, happening.text, at=at, number=number)
        case Noticed():
            return notice_payload(thread, happening.kind, at=at, number=number)
        case AnsweredThere():
            return own_answer_payload(thread, happening.text, at=at, number=number)
        case Bounced():
            return bounce_payload(thread, at=at, number=number)
    raise TypeError(f"{happening} does not come in.")
