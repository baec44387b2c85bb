"""A fake TikTok Shop's chats: each conversation of the world is one, and what it is about stands in it as a card."""

import json
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tresen.fakes.sales import By, Letter, Talk
from tresen.fakes.tiktok_shop.answering import WRONG_PARAMETER, Json, Refusal, number_of, page, seconds

if TYPE_CHECKING:
    from tresen.fakes.tiktok_shop import FakeTikTokShop

LONGEST = 2_000
CLOSED = 45_109_001
_ROLES = {By.BUYER: "BUYER", By.SELLER: "CUSTOMER_SERVICE", By.OPERATOR: "SYSTEM"}


def listed(fake: "FakeTikTokShop", request: Request) -> Json:
    """GET /customer_service/202309/conversations, that in which something was written last first."""
    talks = sorted((talk for talk in fake.world.talks.values() if talk.letters), key=lambda talk: talk.changed_at)
    shown, token = page(request, talks[::-1], key=chat_number, most=20)
    return {"conversations": [_chat(fake, talk) for talk in shown], "next_page_token": token}


def messages(fake: "FakeTikTokShop", request: Request, chat: str) -> Json:
    """GET …/messages."""
    told = told_in(fake, _talk(fake, chat), plain=request.args.get("need_plaintext") == "true")
    if request.args.get("sort_order", "DESC") == "DESC":
        told.reverse()
    shown, token = page(request, told, key=lambda one: str(one["id"]), most=10)
    return {"messages": list(shown), "next_page_token": token}


def write(fake: "FakeTikTokShop", request: Request, chat: str) -> Json:
    """POST …/messages."""
    talk = _talk(fake, chat)
    told = request.get_json()
    content = json.loads(told["content"])
    if chat in fake.shut:
        raise Refusal(CLOSED, "The message cannot be sent for the rules of this conversation.")
    match told["type"]:
        case "TEXT" if 1 <= len(content["content"]) <= LONGEST:
            letter = fake.world.write(talk.id, by=By.SELLER, text=content["content"])
        case "IMAGE" if content["url"] in fake.uploaded:
            name = content["url"].rpartition("/")[2]
            letter = fake.world.write(talk.id, by=By.SELLER, text="", files=[(name, fake.uploaded[content["url"]])])
        case _:
            raise Refusal(WRONG_PARAMETER, "content is not valid.")
    return {"message_id": str(number_of(letter.id))}


def begin(fake: "FakeTikTokShop", request: Request) -> Json:
    """POST /customer_service/202309/conversations: the chat with this buyer, a new one where there is none."""
    wanted = request.get_json()["buyer_user_id"]
    talks = [talk for talk in fake.world.talks.values() if str(number_of(talk.buyer.key)) == wanted]
    buyers = (sale.buyer for sale in fake.world.sales.values() if str(number_of(sale.buyer.key)) == wanted)
    if talks:
        return {"conversation_id": chat_number(talks[0])}
    buyer = next(buyers, None)
    if buyer is None:
        raise Refusal(WRONG_PARAMETER, "buyer_user_id is not valid.")
    return {"conversation_id": chat_number(fake.world.begin(Talk(id=fake.world.number("98"), buyer=buyer, topic="")))}


def upload(fake: "FakeTikTokShop", request: Request) -> Json:
    """POST /customer_service/202309/images/upload."""
    file = request.files.get("data")
    if file is None or not (content := file.read()):
        raise Refusal(WRONG_PARAMETER, "data is missing.")
    address = f"{fake.world.pictures}/{len(fake.uploaded)}-{file.filename}"
    fake.uploaded[address] = len(content)
    return {"url": address, "width": 1280, "height": 720}


def performance(fake: "FakeTikTokShop", request: Request) -> Json:
    """GET /customer_service/202407/performance, of a window of days whose end is left out."""
    if not request.args["support_date_ge"] < request.args["support_date_lt"]:
        raise Refusal(WRONG_PARAMETER, "support_date_lt must be after support_date_ge.")
    return {"performance": {"response_percentage": fake.rate, "support_session_count": len(fake.world.talks)}}


def chat_number(talk: Talk) -> str:
    """What TikTok Shop calls a conversation."""
    return str(7_000_000_000_000_000_000 + number_of(talk.id))


def told_in(fake: "FakeTikTokShop", talk: Talk, *, plain: bool = False) -> list[Json]:
    """A chat's messages, the oldest first."""
    told = [_entered(talk, plain=plain)] if talk.sale in fake.world.sales else []
    for letter in talk.letters:
        told += [_card(talk, letter, plain=plain)] if letter.id in fake.cards else _letter(fake, talk, letter)
    return [{**one, "index": str(place)} for place, one in enumerate(told)]


def _entered(talk: Talk, *, plain: bool) -> Json:
    """What the buyer looked at before he wrote."""
    content = {"order_id": talk.sale}
    words = {"plaintext": f"The buyer is viewing order {talk.sale}."} if plain else {}
    before = seconds(talk.letters[0].at) - 1
    return {**_told(talk, f"{number_of(talk.id)}1", "BUYER_ENTER_FROM_ORDER", content, at=before), **words}


def _card(talk: Talk, letter: Letter, *, plain: bool) -> Json:
    """The card of the order that the talk is about, sent with a press instead of words."""
    words = {"plaintext": f"Order card shared: {talk.sale}."} if plain else {}
    number, at = str(number_of(letter.id)), seconds(letter.at)
    told = _told(talk, number, "ORDER_CARD", {"order_id": talk.sale}, at=at, role=_ROLES[letter.by])
    return {**told, **words}


def _letter(fake: "FakeTikTokShop", talk: Talk, letter: Letter) -> list[Json]:
    number, at = str(number_of(letter.id)), seconds(letter.at)
    role = "ROBOT" if letter.id in fake.by_robot else _ROLES[letter.by]
    told = []
    if letter.text:
        kind = "NOTIFICATION" if letter.by is By.OPERATOR else "TEXT"
        told.append(_told(talk, number, kind, {"content": letter.text}, at=at, role=role))
    for place, (name, _size) in enumerate(letter.files):
        content = {"url": f"{fake.world.pictures}/{letter.id}-{name}", "width": 640, "height": 480}
        own = number if not letter.text and not place else f"{number}{place + 1:02}"
        told.append(_told(talk, own, "IMAGE", content, at=at, role=role))
    return told


def _told(talk: Talk, number: str, kind: str, content: object, *, at: int, role: str = "BUYER") -> Json:
    return {
        "id": number,
        "type": kind,
        "content": json.dumps(content),
        "create_time": at,
        "is_visible": True,
        "sender": {"im_user_id": _im_user(talk, role), "role": role, "nickname": _name(talk, role), "avatar": ""},
    }


def _im_user(talk: Talk, role: str) -> str:
    return str(7_400_000_000_000_000_000 + number_of(talk.buyer.key if role == "BUYER" else role))


def _name(talk: Talk, role: str) -> str:
    return talk.buyer.name if role == "BUYER" else role.title()


def _chat(fake: "FakeTikTokShop", talk: Talk) -> Json:
    number = chat_number(talk)
    buyer = {
        "im_user_id": _im_user(talk, "BUYER"),
        "user_id": str(number_of(talk.buyer.key)),
        "role": "BUYER",
        "nickname": talk.buyer.name,
        "avatar": "",
        "buyer_platform": "TIKTOK_SHOP",
    }
    return {
        "id": number,
        "participant_count": 2,
        "participants": [buyer],
        "can_send_message": number not in fake.shut,
        "unread_count": 0,
        "create_time": seconds(talk.letters[0].at),
        "latest_message": told_in(fake, talk)[-1],
    }


def _talk(fake: "FakeTikTokShop", number: str) -> Talk:
    found = next((talk for talk in fake.world.talks.values() if chat_number(talk) == number), None)
    if found is None:
        raise Refusal(WRONG_PARAMETER, f"There is no conversation {number}.")
    return found
