"""One page or account over HTTP, as far as our connector asks it: conversations, answers, comments below posts."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.channels.meta.account import FACEBOOK, INSTAGRAM, Account
from tresen.fakes.faults import as_told
from tresen.fakes.meta.answers import BROKEN, OUTSIDE, TOO_MANY, UNKNOWN, Refusal, refused, said, written, wrong
from tresen.fakes.meta.tokens import ACCESS_TOKEN, LASTS, let_in, looked_up, refuse_ended, renewed
from tresen.fakes.sales import Buyer, By, Letter, Talk
from tresen.fakes.world import NotPossible, World

APP, ACCOUNT = "1517776481860111", "17841452691600098"
APP_SECRET, VERIFY_TOKEN = "invented-app-secret", "invented-word"
BASE = "/v23.0"
FOR_ALL, FOR_PEOPLE = timedelta(hours=24), timedelta(days=7)
OUTSIDE_OF_WINDOW = 2018278
_PATHS = Map(
    [
        Rule(f"{BASE}/<account>/subscribed_apps", endpoint="apps", methods=["GET"]),
        Rule(f"{BASE}/<account>/conversations", endpoint="talks", methods=["GET"]),
        Rule(f"{BASE}/<account>/messages", endpoint="write", methods=["POST"]),
        Rule(f"{BASE}/<comment>/<any(comments, replies):_edge>", endpoint="below", methods=["GET"]),
        Rule(f"{BASE}/<comment>/<any(comments, replies):_edge>", endpoint="comment", methods=["POST"]),
        Rule(f"{BASE}/<account>", endpoint="known", methods=["GET"]),
        Rule(f"{BASE}/debug_token", endpoint="debug", methods=["GET"]),
        Rule("/refresh_access_token", endpoint="renew", methods=["GET"]),
    ]
)
type Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Comment:
    """Words below a post; `below` is the comment that they answer. `private`: answers to its writer alone."""

    id: str
    writer: str
    name: str
    text: str
    at: datetime
    below: str = ""
    private: int = 0


@dataclass(slots=True, kw_only=True)
class FakeMeta:
    """A page or an account. The world's buyers are those who write, by their keys; comments stand apart.

    `token_given_at`: when an account's first token was given, which ends then; None: long ago, and it does not end.
    `token_ends_at`: when a page's does; None: never.
    """

    world: World
    of: Account = FACEBOOK
    account: str = ACCOUNT
    name: str = "Birkenhof"
    subscribed: bool = True
    title: str = "Meta"
    comments: dict[str, Comment] = field(default_factory=dict)
    token_given_at: datetime | None = None
    token_ends_at: datetime | None = None
    tags: list[str] = field(default_factory=list)
    """The mark of each message that was taken, in order."""
    metadata: dict[str, str] = field(default_factory=dict)
    """What was given along with a message, by its number: its echo tells it."""

    def answer(self, request: Request) -> Response:
        """What Meta says."""
        try:
            name, values = _PATHS.bind_to_environ(request.environ).match()
            if name not in {"renew", "debug"}:
                self.let_in(request.headers.get("Authorization", "").removeprefix("Bearer "))
            with self.world.alone():
                return _HANDLERS[name](self, request, **{key: value for key, value in values.items() if key[0] != "_"})
        except HTTPException as missing:
            return wrong(UNKNOWN, "Unsupported request", status=missing.code or 404)
        except Refusal as refusal:
            return refused(refusal)
        except (NotPossible, ValueError, KeyError, TypeError) as not_done:
            return wrong(UNKNOWN, str(not_done))

    def let_in(self, token: str) -> None:
        """Whose token this is. Raises Refusal."""
        let_in(token, now=self.world.now(), first_given=self.token_given_at if self.of is INSTAGRAM else None)
        refuse_ended(self.token_ends_at, now=self.world.now())

    def too_many(self) -> Response:
        """As Meta says it: no 429, but a number of its own."""
        return wrong(TOO_MANY, "Calls to this api have exceeded the rate limit.")

    def broken(self) -> Response:
        """Its own fault."""
        return wrong(BROKEN, "An unexpected error has occurred. Please retry your request later.", status=500)

    def talk_with(self, person: str) -> Talk:
        """The conversation with a person. Raises Refusal."""
        found = next((talk for talk in self.world.talks.values() if talk.buyer.key == person), None)
        if found is None:
            raise Refusal(UNKNOWN, "No matching user found")
        return found

    def comment(self, text: str, *, writer: Buyer, below: str = "", at: datetime | None = None) -> Comment:
        """Somebody writes below a post, or below a comment."""
        with self.world.alone():
            number = self.world.number("901097836652708_")
            one = Comment(
                id=number, writer=writer.key, name=writer.name, text=text, at=at or self.world.now(), below=below
            )
            self.comments[number] = one
            return one


def _known(fake: FakeMeta, _request: Request, *, account: str) -> Response:
    _own(fake, account)
    return said({"id": account, fake.of.name: fake.name})


def _apps(fake: FakeMeta, _request: Request, *, account: str) -> Response:
    _own(fake, account)
    return said({"data": [{"id": APP, "subscribed_fields": [*fake.of.fields]}] if fake.subscribed else []})


def _talks(fake: FakeMeta, request: Request, *, account: str) -> Response:
    _own(fake, account)
    if request.args["platform"] != fake.of.platform:
        raise Refusal(UNKNOWN, "Param platform must be one of {MESSENGER, INSTAGRAM}")
    person, start = request.args.get("user_id", ""), int(request.args.get("after", "0"))
    size = int(request.args.get("limit", "25"))
    found = [one for one in fake.world.talks.values() if one.letters and person in {"", one.buyer.key}]
    found.sort(key=lambda one: (one.changed_at, one.id), reverse=True)
    page = [_talk(fake, one) for one in found[start : start + size]]
    paging: Json = {"cursors": {"after": str(start + size)}}
    if start + size < len(found):
        paging["next"] = f"https://graph.example/next?after={start + size}"
    return said({"data": [*as_told(request.environ, page)], "paging": paging})


def _talk(fake: FakeMeta, talk: Talk) -> Json:
    person = {"id": talk.buyer.key, fake.of.name: talk.buyer.name}
    page = {"id": fake.account, fake.of.name: fake.name}
    return {
        "id": f"t_{talk.id}",
        "updated_time": written(talk.changed_at),
        "participants": {"data": [person, page]},
        "messages": {"data": [_letter(one, person, page) for one in reversed(talk.letters[-20:])]},
    }


def _letter(letter: Letter, person: Json, page: Json) -> Json:
    ours = letter.by is not By.BUYER
    told: Json = {
        "id": letter.id,
        "created_time": written(letter.at),
        "from": page if ours else person,
        "to": {"data": [person if ours else page]},
        "message": letter.text,
    }
    if letter.files:
        told["attachments"] = {
            "data": [{"id": name, "name": name, "size": size, "file_url": ""} for name, size in letter.files]
        }
    return told


def _write(fake: FakeMeta, request: Request, *, account: str) -> Response:
    _own(fake, account)
    asked = _form(request)
    text = asked["message"].get("text", "")
    if len(text) > fake.of.longest:
        raise Refusal(UNKNOWN, f"Length of param message[text] must be less than or equal to {fake.of.longest}")
    comment = asked["recipient"].get("comment_id", "")
    talk = _after(fake, fake.comments[comment]) if comment else fake.talk_with(asked["recipient"]["id"])
    if not comment:
        _in_time(fake, talk, asked)
    files = [(file.filename or "", len(file.read())) for file in request.files.values()]
    letter = fake.world.write(talk.id, by=By.SELLER, text=text, files=files)
    if metadata := asked["message"].get("metadata", ""):
        fake.metadata[letter.id] = metadata
    fake.tags.append(asked.get("tag") or asked.get("messaging_type", ""))
    return said({"recipient_id": talk.buyer.key, "message_id": letter.id}, at=letter.at)


def _form(request: Request) -> Json:
    if not request.mimetype.startswith("multipart/"):
        return dict(json.loads(request.get_data()))
    fields = {name: value for name, value in request.form.items() if name not in {"recipient", "message"}}
    return {**fields, **{name: json.loads(request.form[name]) for name in ("recipient", "message")}}


def _in_time(fake: FakeMeta, talk: Talk, asked: Json) -> None:
    heard = max((one.at for one in talk.letters if one.by is By.BUYER), default=None)
    allowed = FOR_PEOPLE if asked.get("tag") == "HUMAN_AGENT" else FOR_ALL
    if heard is None or fake.world.now() - heard > allowed:
        raise Refusal(OUTSIDE, "This message is sent outside of allowed window.", subcode=OUTSIDE_OF_WINDOW, status=403)


def _after(fake: FakeMeta, comment: Comment) -> Talk:
    """The conversation that an answer to a comment's writer alone begins."""
    if comment.private:
        raise Refusal(10900, "Activity already replied to")
    comment.private += 1
    known = next((one for one in fake.world.talks.values() if one.buyer.key == comment.writer), None)
    buyer = Buyer(key=comment.writer, name=comment.name, email="")
    return known or fake.world.begin(Talk(id=fake.world.number("t"), buyer=buyer, topic="comment"))


def _below(fake: FakeMeta, request: Request, *, comment: str) -> Response:
    found = [one for one in fake.comments.values() if one.below == comment]
    page = [
        {
            "id": one.id,
            "from": {"id": one.writer, fake.of.name: one.name},
            fake.of.words: one.text,
            "created_time" if fake.of is FACEBOOK else "timestamp": written(one.at),
        }
        for one in found
    ]
    return said({"data": [*as_told(request.environ, page)]})


def _comment(fake: FakeMeta, request: Request, *, comment: str) -> Response:
    if comment not in fake.comments:
        raise Refusal(UNKNOWN, "Unsupported post request. Object does not exist", subcode=33)
    text = json.loads(request.get_data())["message"]
    one = fake.comment(text, writer=Buyer(key=fake.account, name=fake.name, email=""), below=comment)
    return said({"id": one.id}, at=one.at)


def _own(fake: FakeMeta, account: str) -> None:
    if account != fake.account:
        raise Refusal(UNKNOWN, f"Object with ID '{account}' does not exist", subcode=33)


def _renew(fake: FakeMeta, request: Request) -> Response:
    """Of accounts alone: a page's token does not end."""
    if fake.of is not INSTAGRAM or request.args.get("grant_type") != "ig_refresh_token":
        raise Refusal(UNKNOWN, "Unsupported request - method type: get")
    token = renewed(request.args.get("access_token", ""), now=fake.world.now(), first_given=fake.token_given_at)
    return said({"access_token": token, "token_type": "bearer", "expires_in": int(LASTS.total_seconds())})


def _debug(fake: FakeMeta, request: Request) -> Response:
    app = f"{APP}|{APP_SECRET}"
    return looked_up(request, app=app, token=ACCESS_TOKEN, ends_at=fake.token_ends_at, now=fake.world.now())


_HANDLERS: Mapping[str, Callable[..., Response]] = {
    "renew": _renew,
    "debug": _debug,
    "known": _known,
    "apps": _apps,
    "talks": _talks,
    "write": _write,
    "below": _below,
    "comment": _comment,
}
