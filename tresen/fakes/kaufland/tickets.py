"""A fake Kaufland's tickets. A message of ours gets no number in the answer, and makes it the buyer's turn."""

from base64 import b64decode
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from tresen.fakes.kaufland.answering import (
    KAUFLAND,
    MERCHANT,
    Json,
    Refusal,
    answered,
    asked_moment,
    moment,
    number_of,
    paged,
    sent_by,
)
from tresen.fakes.kaufland.orders import piece_of, pieces_of, unit_told
from tresen.fakes.sales import By, Letter, Sale, Talk

if TYPE_CHECKING:
    from tresen.fakes.kaufland import FakeKaufland

MOST = 30
LONGEST = 65_535
MOST_LETTERS = 1_000
"""A message's number is that of its ticket, and its place among so many."""
_ROLES = {By.BUYER: "buyer", By.SELLER: "seller", By.OPERATOR: "customer_service"}
_TOPICS = frozenset({"order_cancel", "delivery_not_received", "return_check_status", "order_other_question"})
_REASONS = frozenset(
    {"product_not_as_described", "product_defect", "product_not_delivered", "product_return", "contact_other"}
)


def listed(fake: "FakeKaufland", request: Request) -> Json:
    """GET /tickets, what changed last first."""
    since = asked_moment(request, "ts_updated_from_iso")
    found = [
        (talk, sale)
        for talk in fake.world.talks.values()
        if talk.letters and (since is None or talk.changed_at >= since)
        for sale in [fake.world.sales.get(talk.sale)]
        if sale is not None and sent_by(request, platform=sale.by_platform)
    ]
    found.sort(key=lambda one: (one[0].changed_at, one[0].id), reverse=True)
    return paged(request, [_ticket(fake, *one) for one in found], most=MOST)


def one(fake: "FakeKaufland", request: Request, id_ticket: str) -> Json:
    """GET /tickets/{id_ticket}: of what hangs on it only what is asked for."""
    talk = _talk(fake, id_ticket)
    sale = fake.world.sale(talk.sale)
    told = {
        **_ticket(fake, talk, sale),
        "messages": [],
        "order_units": [],
        "buyer": None,
        "product": None,
        "files": [],
        "storefront": fake.site,
    }
    match request.args.get("embedded"):
        case "messages":
            told["messages"] = [_message(talk, place, letter) for place, letter in enumerate(talk.letters)]
        case "order_units":
            told["order_units"] = [unit_told(fake, piece) for piece in pieces_of(fake, sale)]
        case "files":
            told["files"] = [
                {
                    "filename": name,
                    "ts_created_iso": moment(letter.at),
                    "uri": f"{fake.world.pictures}/{letter.id}-{name}",
                }
                for letter in talk.letters
                for name, _size in letter.files
            ]
    return {"data": told}


def write(fake: "FakeKaufland", request: Request, id_ticket: str) -> None:
    """POST …/messages."""
    talk = _talk(fake, id_ticket)
    told = request.get_json()
    if fake.closed.get(talk.id) == "customer_service_closed_final":
        raise Refusal("tickets/finally-closed", "The ticket is closed for good.")
    if not 1 <= len(told["text"]) <= LONGEST:
        raise Refusal("validation-error", "text must have 1 to 65535 characters.")
    files = [(one["filename"], _size(one["data"])) for one in told.get("ticket_message_files", ())]
    letter = fake.world.write(talk.id, by=By.SELLER, text=told["text"], files=files)
    if told.get("interim_notice"):
        fake.interim.add(letter.id)


def close(fake: "FakeKaufland", request: Request, id_ticket: str) -> Response:
    """PATCH …/close: for good, as far as the seller is concerned."""
    del request
    talk = _talk(fake, id_ticket)
    if talk.id in fake.closed:
        raise Refusal("tickets/non-closable-by-seller", "The ticket is closed.")
    fake.closed[talk.id] = "seller_closed"
    return Response(status=204)


def begin(fake: "FakeKaufland", request: Request) -> Response:
    """POST /tickets."""
    told = request.get_json()
    sales = {piece_of(fake, number).sale.number for number in told["id_order_unit"]}
    if len(sales) != 1 or told["reason"] not in _REASONS or not told["message"]:
        raise Refusal("validation-error", "Name units of one order, a reason and a message.")
    sale = fake.world.sale(sales.pop())
    talk = fake.world.begin(
        Talk(id=fake.world.number("980"), buyer=sale.buyer, topic="order_other_question", sale=sale.number)
    )
    fake.world.write(talk.id, by=By.SELLER, text=told["message"])
    return answered({"data": {"id_ticket": ticket_number(talk.id)}}, status=201)


def tickets_of(fake: "FakeKaufland", sale: Sale) -> list[Json]:
    """The tickets about a sale."""
    return [_ticket(fake, talk, sale) for talk in fake.world.talks.values() if talk.sale == sale.number]


def ticket_number(talk_id: str) -> str:
    """What Kaufland calls a conversation: digits that begin with 001."""
    return f"001{number_of(talk_id):07}"


def message_number(talk: Talk, place: int) -> int:
    """What Kaufland calls the letter at this place of a conversation."""
    return number_of(talk.id) * MOST_LETTERS + place


def _talk(fake: "FakeKaufland", number: str) -> Talk:
    found = next((talk for talk in fake.world.talks.values() if ticket_number(talk.id) == number), None)
    if found is None or found.sale not in fake.world.sales:
        raise Refusal("not-found", status=404)
    return found


def _size(data: str) -> int:
    head, _, content = data.partition(",")
    if not head.startswith("data:") or not head.endswith(";base64"):
        raise Refusal("tickets/attachments-upload-failure", "This is no file.")
    return len(b64decode(content, validate=True))


def _ticket(fake: "FakeKaufland", talk: Talk, sale: Sale) -> Json:
    status = fake.closed.get(talk.id, "opened")
    last = talk.letters[-1]
    waits = (last.by is not By.SELLER or last.id in fake.interim) and talk.id not in fake.by_service
    return {
        "id_ticket": ticket_number(talk.id),
        "ids_order_units": [piece.number for piece in pieces_of(fake, sale)],
        "id_buyer": number_of(talk.buyer.key),
        "ts_created_iso": moment(talk.letters[0].at),
        "ts_updated_iso": moment(talk.changed_at),
        "status": status,
        "open_reason": "contact_other",
        "topic": talk.topic if talk.topic in _TOPICS else "order_other_question",
        "is_seller_responsible": waits and status == "opened",
        "fulfillment_type": KAUFLAND if sale.by_platform else MERCHANT,
    }


def _message(talk: Talk, place: int, letter: Letter) -> Json:
    return {
        "id_ticket_message": message_number(talk, place),
        "id_ticket": ticket_number(talk.id),
        "author": {"role": _ROLES[letter.by], "name": talk.buyer.name if letter.by is By.BUYER else letter.by.value},
        "text": letter.text,
        "ts_created_iso": moment(letter.at),
    }
