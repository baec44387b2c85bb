"""Conversations, read again and again: what a webhook did not bring, and the names that webhooks never tell.

They can't be asked for by time: the list begins with the one that changed last, and ends where those are older.
"""

from datetime import timedelta

from tresen.channels.feeds import Feed, Page, Step, Stopped, Told, Window
from tresen.channels.http import HttpResponse
from tresen.channels.meta.account import ACCOUNT, Account
from tresen.channels.meta.asking import answer_to, own, request
from tresen.channels.meta.shapes import written_at
from tresen.channels.meta.talks import TALKS, Talks
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.channels.webhooks import ACCOUNT as ACCOUNT_HEADER

A_PAGE, MESSAGES = 20, 20
_FIELDS = (
    "id,updated_time,participants,"
    f"messages.limit({MESSAGES}){{id,created_time,from,to,message,"
    "attachments{name,mime_type,size,image_data,video_data,file_url}}"
)


def talk_feed(of: Account) -> Feed:
    """The channel's conversations."""

    def read_step(access: StoreAccess, window: Window, place: str) -> Step:
        return _read(access, window, place, of)

    return Feed(
        key="messages",
        title="Messages",
        read=read_step,
        every=timedelta(minutes=5),
        overlap=timedelta(hours=1),
        reach=timedelta(days=90),
        span=timedelta(days=30),
    )


def _read(access: StoreAccess, window: Window, place: str, of: Account) -> Step:
    query = [("platform", of.platform), ("fields", _FIELDS), ("limit", str(A_PAGE))]
    query += [("after", place)] if place else []
    answer = answer_to(access, request(access, of, "GET", f"{own(access)}/conversations", *query))
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        page = read_json(answer.body, Talks)
        times = [written_at(talk.updated_time) for talk in page.data if talk.updated_time]
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    told = Told(about=TALKS, body=answer.body, headers={ACCOUNT_HEADER: access.setting(ACCOUNT)})
    cursor = page.paging.cursors.after if page.paging and page.paging.next and page.paging.cursors else None
    older = bool(times) and min(times) < window.since
    return Page(told=[told] if page.data else [], next="" if older or not page.data else cursor or "")
