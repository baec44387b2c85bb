"""A fake operator's inbox."""

import json
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from tresen.fakes.drawing import file_of
from tresen.fakes.mirakl.answering import Refusal, asked_moment, moment, sought
from tresen.fakes.sales import By, Letter, Talk

if TYPE_CHECKING:
    from tresen.fakes.mirakl import FakeMirakl

type Json = dict[str, Any]

_KINDS = {By.BUYER: "CUSTOMER", By.SELLER: "SHOP", By.OPERATOR: "OPERATOR"}
_WHO = {kind: by for by, kind in _KINDS.items()}
SHORTEST, LONGEST = 3, 50_000
MOST_MESSAGES = 100


def listed(fake: "FakeMirakl", request: Request) -> Json:
    """M11."""
    since = asked_moment(request, "updated_since")
    whole = request.args.get("with_messages") == "true"
    about = set(request.args.getlist("entity_id"))
    found = [
        talk
        for talk in fake.world.talks.values()
        if talk.letters
        and (since is None or talk.changed_at >= since)
        and (not about or about & {talk.sale, talk.item})
    ]
    told, token = sought(request, found, by=lambda talk: f"{moment(talk.changed_at)} {talk.id}", newest_first=True)
    return {"data": [thread_told(talk, whole=whole) for talk in told], **({"next_page_token": token} if token else {})}


def one(fake: "FakeMirakl", request: Request, thread_id: str) -> Json:
    """M10."""
    del request
    return thread_told(_talk(fake, thread_id), whole=True)


def download(fake: "FakeMirakl", request: Request, attachment_id: str) -> Response:
    """M13."""
    del request
    letter_id, _, place = attachment_id.rpartition("-file")
    letters = (letter for talk in fake.world.talks.values() for letter in talk.letters)
    found = next((letter for letter in letters if letter.id == letter_id), None)
    if found is None or not place.isdecimal() or int(place) >= len(found.files):
        raise Refusal(f"There is no attachment {attachment_id}.", status=404)
    name, _size = found.files[int(place)]
    return Response(file_of(name), mimetype="application/octet-stream")


def write(fake: "FakeMirakl", request: Request, thread_id: str) -> Json:
    """M12."""
    talk = _talk(fake, thread_id)
    told = json.loads(request.form["message_input"])
    letter = _written(fake, request, talk, told["body"], [one["type"] for one in told["to"]])
    return {"message_id": letter.id, "thread_id": talk.id}


def begin(fake: "FakeMirakl", request: Request, order_id: str) -> Json:
    """OR43."""
    sale = fake.world.sale(order_id)
    told = json.loads(request.form["thread_input"])
    talk = fake.world.begin(
        Talk(id=fake.world.number("thread-"), buyer=sale.buyer, topic=told["topic"]["value"], sale=sale.number)
    )
    letter = _written(fake, request, talk, told["body"], told["to"])
    return {"message_id": letter.id, "thread_id": talk.id}


def _written(fake: "FakeMirakl", request: Request, talk: Talk, body: str, to: list[str]) -> Letter:
    if not SHORTEST <= len(body) <= LONGEST:
        raise Refusal("The body must have 3 to 50000 characters.")
    if not to:
        raise Refusal("Recipients are required.")
    files = [(file.filename or "", len(file.read())) for file in request.files.getlist("files")]
    return fake.world.write(talk.id, by=By.SELLER, text=body, to=[_WHO[kind] for kind in to], files=files)


def _talk(fake: "FakeMirakl", thread_id: str) -> Talk:
    talk = fake.world.talks.get(thread_id)
    if talk is None:
        raise Refusal(f"There is no thread {thread_id}.", status=404)
    return talk


def thread_told(talk: Talk, *, whole: bool) -> Json:
    """The thread as the operator tells it; `whole`: with its messages."""
    last = max(talk.letters, key=lambda letter: letter.at)
    customer = {"type": "CUSTOMER", "id": talk.buyer.key, "display_name": talk.buyer.name}
    people = [customer, {"type": "SHOP", "id": "2001", "display_name": "Tannlicht"}]
    return {
        "id": talk.id,
        "topic": {"type": "FREE_TEXT", "value": talk.topic},
        "entities": [
            {"type": "MMP_ORDER", "id": talk.sale, "label": talk.sale}
            if talk.sale
            else {"type": "MMP_OFFER", "id": talk.item, "label": talk.item}
        ],
        "authorized_participants": [*people, {"type": "OPERATOR", "display_name": "operator"}],
        "current_participants": people,
        "date_created": moment(talk.letters[0].at),
        "date_updated": moment(talk.changed_at),
        "metadata": {
            "last_message_date": moment(last.at),
            "last_sender": _sender(talk, last),
            "shop_reply_needed_since": moment(last.at),
            "total_count": len(talk.letters),
        },
        **({"messages": [_message(talk, letter) for letter in talk.letters[-MOST_MESSAGES:]]} if whole else {}),
    }


def _message(talk: Talk, letter: Letter) -> Json:
    to = letter.to or ((By.SELLER,) if letter.by is not By.SELLER else (By.BUYER,))
    return {
        "id": letter.id,
        "body": letter.text,
        "date_created": moment(letter.at),
        "from": _sender(talk, letter),
        "to": [{"type": _KINDS[by], "display_name": by.value} for by in to],
        "attachments": [
            {"id": f"{letter.id}-file{place}", "name": name, "size": size}
            for place, (name, size) in enumerate(letter.files)
        ],
    }


def _sender(talk: Talk, letter: Letter) -> Json:
    name = talk.buyer.name if letter.by is By.BUYER else letter.by.value
    return {"type": f"{_KINDS[letter.by]}_USER", "display_name": name}
