"""One number over HTTP, as far as our connector asks it: answers in the window, templates after it, files."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.fakes.meta.answers import BROKEN, NO_TOKEN, UNKNOWN, Refusal, refused, said, wrong
from tresen.fakes.meta.platform import APP, APP_SECRET
from tresen.fakes.meta.tokens import looked_up, refuse_ended
from tresen.fakes.sales import By, Talk
from tresen.fakes.world import NotPossible, World

NUMBER, BUSINESS, ACCESS_TOKEN = "106540352242922", "102290129340398", "EAAinvented-number"
BASE = "/v23.0"
WINDOW = timedelta(hours=24)
OUTSIDE, TOO_MANY, NO_TEMPLATE = 131047, 130429, 132001
_PATHS = Map(
    [
        Rule(f"{BASE}/<business>/subscribed_apps", endpoint="apps", methods=["GET"]),
        Rule(f"{BASE}/<business>/message_templates", endpoint="templates", methods=["GET"]),
        Rule(f"{BASE}/<number>/messages", endpoint="write", methods=["POST"]),
        Rule(f"{BASE}/<number>/media", endpoint="upload", methods=["POST"]),
        Rule(f"{BASE}/<name>", endpoint="known", methods=["GET"]),
        Rule(f"{BASE}/debug_token", endpoint="debug", methods=["GET"]),
        Rule("/media/<name>", endpoint="file", methods=["GET"]),
    ]
)
type Json = dict[str, Any]


def a_template(
    name: str, body: str, *, language: str = "de", status: str = "APPROVED", example: Json | None = None, **more: Json
) -> Json:
    """A template as WhatsApp lists it; `more` are further components by their type in small letters."""
    words: Json = {"type": "BODY", "text": body, **({"example": example} if example else {})}
    components = [words, *({"type": kind.upper(), **told} for kind, told in more.items())]
    return {
        "name": name,
        "language": language,
        "status": status,
        "category": "UTILITY",
        "components": components,
        "id": name,
    }


@dataclass(slots=True, kw_only=True)
class FakeWhatsApp:
    """A number. The world's buyers are those who write: their keys are "+" and the number.

    `token_ends_at`: when the token does; None: never.
    """

    world: World
    number: str = NUMBER
    name: str = "Birkenhof"
    title: str = "WhatsApp"
    subscribed: bool = True
    templates: list[Json] = field(default_factory=list)
    token_ends_at: datetime | None = None
    media: dict[str, bytes] = field(default_factory=dict)
    sent: list[Json] = field(default_factory=list)
    """Each message that was taken, as it was asked for."""

    def answer(self, request: Request) -> Response:
        """What WhatsApp says."""
        try:
            name, values = _PATHS.bind_to_environ(request.environ).match()
            if name != "debug":
                self._let_in(request)
            with self.world.alone():
                return _HANDLERS[name](self, request, **values)
        except HTTPException as missing:
            return wrong(UNKNOWN, "Unsupported request", status=missing.code or 404)
        except Refusal as refusal:
            return refused(refusal)
        except (NotPossible, ValueError, KeyError, TypeError) as not_done:
            return wrong(UNKNOWN, str(not_done))

    def _let_in(self, request: Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {ACCESS_TOKEN}":
            raise Refusal(NO_TOKEN, "Invalid OAuth access token", status=401)
        refuse_ended(self.token_ends_at, now=self.world.now())

    def too_many(self) -> Response:
        """As Meta says it: no 429, but a number of its own."""
        return wrong(TOO_MANY, "Rate limit hit")

    def broken(self) -> Response:
        """Its own fault."""
        return wrong(BROKEN, "Service temporarily unavailable", status=500)

    def talk_with(self, person: str) -> Talk:
        """The conversation with a person. Raises Refusal."""
        found = next((talk for talk in self.world.talks.values() if talk.buyer.key.removeprefix("+") == person), None)
        if found is None:
            raise Refusal(131026, "Message undeliverable")
        return found


def _known(fake: FakeWhatsApp, request: Request, *, name: str) -> Response:
    if name == fake.number:
        return said({"verified_name": fake.name, "display_phone_number": "+49 30 1234567", "id": fake.number})
    if name in fake.media:
        address = f"{request.host_url.rstrip('/')}{request.script_root}/media/{name}"
        return said({"url": address, "id": name, "messaging_product": "whatsapp"})
    raise Refusal(UNKNOWN, f"Object with ID '{name}' does not exist", subcode=33)


def _file(fake: FakeWhatsApp, _request: Request, *, name: str) -> Response:
    if name not in fake.media:
        return Response(status=404)
    return Response(fake.media[name], mimetype="application/octet-stream")


def _apps(fake: FakeWhatsApp, _request: Request, *, business: str) -> Response:
    _own(business, BUSINESS)
    return said({"data": [{"whatsapp_business_api_data": {"id": "1", "name": "Tresen"}}] if fake.subscribed else []})


def _templates(fake: FakeWhatsApp, _request: Request, *, business: str) -> Response:
    _own(business, BUSINESS)
    return said({"data": fake.templates, "paging": {"cursors": {"before": "MAZ", "after": "MjQZ"}}})


def _write(fake: FakeWhatsApp, request: Request, *, number: str) -> Response:
    _own(number, fake.number)
    asked = json.loads(request.get_data())
    person = asked.get("to") or asked["recipient"]
    talk = fake.talk_with(person)
    text = _words(fake, asked) if asked["type"] == "template" else _free_words(fake, asked, talk)
    files = [(asked[asked["type"]].get("filename", "file"), 1)] if asked["type"] in {"image", "document"} else []
    letter = fake.world.write(talk.id, by=By.SELLER, text=text, files=files)
    fake.sent.append(asked)
    told = {"input": person, "wa_id": person}
    return said({"messaging_product": "whatsapp", "contacts": [told], "messages": [{"id": letter.id}]}, at=letter.at)


def _free_words(fake: FakeWhatsApp, asked: Json, talk: Talk) -> str:
    heard = max((one.at for one in talk.letters if one.by is By.BUYER), default=None)
    if heard is None or fake.world.now() - heard > WINDOW:
        raise Refusal(OUTSIDE, "Re-engagement message: more than 24 hours have passed since the customer last replied.")
    return str(asked["text"]["body"]) if asked["type"] == "text" else ""


def _words(fake: FakeWhatsApp, asked: Json) -> str:
    use = asked["template"]
    wanted = (use["name"], use["language"]["code"])
    found = next((one for one in fake.templates if (one["name"], one["language"]) == wanted), None)
    if found is None or found["status"] != "APPROVED":
        raise Refusal(NO_TEMPLATE, "Template name does not exist in the translation")
    text = str(found["components"][0]["text"])
    given: list[Json] = next((part["parameters"] for part in use.get("components", ()) if part["type"] == "body"), [])
    for place, value in enumerate(given, start=1):
        text = text.replace(f"{{{{{value.get('parameter_name', place)}}}}}", value["text"])
    if "{{" in text:
        raise Refusal(132000, "Number of parameters does not match the expected number of params")
    return text


def _upload(fake: FakeWhatsApp, request: Request, *, number: str) -> Response:
    _own(number, fake.number)
    if request.form.get("messaging_product") != "whatsapp":
        raise Refusal(UNKNOWN, "(#100) The parameter messaging_product is required.")
    name = fake.world.number("media")
    fake.media[name] = request.files["file"].read()
    return said({"id": name})


def _own(given: str, known: str) -> None:
    if given != known:
        raise Refusal(UNKNOWN, f"Object with ID '{given}' does not exist", subcode=33)


def _debug(fake: FakeWhatsApp, request: Request) -> Response:
    app = f"{APP}|{APP_SECRET}"
    return looked_up(request, app=app, token=ACCESS_TOKEN, ends_at=fake.token_ends_at, now=fake.world.now())


_HANDLERS: Mapping[str, Callable[..., Response]] = {
    "debug": _debug,
    "known": _known,
    "file": _file,
    "apps": _apps,
    "templates": _templates,
    "write": _write,
    "upload": _upload,
}
