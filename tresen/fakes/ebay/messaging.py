"""The Message API: conversations of members, and eBay's own."""

from collections.abc import Sequence
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from tresen.fakes.ebay.telling import Refusal, asked, paged, said, stamp, time_in
from tresen.fakes.sales import By, Letter, Talk
from tresen.fakes.world import World

LONGEST = 2000
MOST_MEDIA = 5
MEDIA = frozenset({"IMAGE", "PDF", "DOC", "TXT"})
EBAY = "eBay"
_DOMAIN = "API_MESSAGE"


class Messaging:
    """Talks whose buyer is eBay are eBay's own. Who wrote is told by user name, the conversation only by its path."""

    def __init__(self, world: World, seller: str) -> None:
        self.world, self.seller = world, seller
        self.media = "https://i.ebayimg.com/invented"
        """Where files lie."""

    def conversations(self, request: Request) -> Response:
        """The list: the newest first. Times are heard for members' conversations alone."""
        kind = _kind(request)
        found = [talk for talk in self.world.talks.values() if talk.letters and self._kind_of(talk) == kind]
        if kind == "FROM_MEMBERS":
            since, until = request.args.get("start_time"), request.args.get("end_time")
            member, item = request.args.get("other_party_username"), request.args.get("reference_id")
            found = [talk for talk in found if member in {None, talk.buyer.key} and item in {None, talk.item}]
            found = [
                talk
                for talk in found
                if any(
                    (not since or letter.at > time_in(since)) and (not until or letter.at < time_in(until))
                    for letter in talk.letters
                )
            ]
        found.sort(key=lambda talk: talk.changed_at, reverse=True)
        about, page = paged(request, found, usual=25, most=50, in_step=True)
        return said({**about, "conversations": [self._listed(talk) for talk in page]})

    def conversation(self, request: Request, number: str) -> Response:
        """The messages of one, the newest first."""
        kind, talk = _kind(request), self.world.talks.get(number)
        if talk is None or self._kind_of(talk) != kind:
            raise Refusal(400, 355007, "Invalid or unrecognized conversation_id value.", domain=_DOMAIN)
        about, page = paged(request, talk.letters[::-1], usual=25, most=50, in_step=True)
        return said(
            {
                **about,
                "conversationStatus": "ACTIVE",
                "conversationTitle": talk.topic,
                "conversationType": kind,
                "messages": [self._message(talk, letter) for letter in page],
            }
        )

    def send(self, request: Request) -> Response:
        """A message into a conversation, or to a member."""
        wanted = asked(request)
        text, media = str(wanted.get("messageText") or ""), wanted.get("messageMedia") or []
        if not text and not media:
            raise Refusal(400, 355015, "Please pass message text or upload one of more media.", domain=_DOMAIN)
        if len(text) > LONGEST:
            raise Refusal(400, 355013, f"The messageText string exceeds {LONGEST}.", domain=_DOMAIN)
        files = self._files(media)
        talk = self._talk(wanted)
        letter = self.world.write(talk.id, by=By.SELLER, text=text, to=(By.BUYER,), subject=talk.topic, files=files)
        told = self._message(talk, letter)
        # Here, and only here, eBay spells the names with a capital N.
        told["senderUserName"], told["recipientUserName"] = told.pop("senderUsername"), told.pop("recipientUsername")
        return said(told, 201)

    def _talk(self, wanted: dict[str, object]) -> Talk:
        number, name = wanted.get("conversationId"), wanted.get("otherPartyUsername")
        if number:
            talk = self.world.talks.get(str(number))
            if talk is None or self._kind_of(talk) != "FROM_MEMBERS":
                raise Refusal(400, 355007, "Invalid or unrecognized conversation_id value.", domain=_DOMAIN)
            return talk
        if not name:
            raise Refusal(400, 355018, "conversationId and otherPartyUsername cannot both be empty.", domain=_DOMAIN)
        buyer = next((sale.buyer for sale in self.world.sales.values() if sale.buyer.key == name), None)
        if buyer is None:
            raise Refusal(400, 355006, "Invalid or unrecognized otherPartyUsername value.", domain=_DOMAIN)
        reference = wanted.get("reference")
        item = str(reference.get("referenceId", "")) if isinstance(reference, dict) else ""
        known = (talk for talk in self.world.talks.values() if talk.buyer.key == name and talk.item == item)
        found = next(known, None)
        return found or self.world.begin(Talk(id=self.world.number("90000"), buyer=buyer, topic="", item=item))

    def _files(self, media: object) -> Sequence[tuple[str, int]]:
        files = [one for one in media if isinstance(one, dict)] if isinstance(media, list) else []
        if len(files) > MOST_MEDIA:
            raise Refusal(400, 355010, f"The maximum amount of media is {MOST_MEDIA}.", domain=_DOMAIN)
        if any(one.get("mediaType") not in MEDIA for one in files):
            raise Refusal(400, 355011, "Invalid mediaType value.", domain=_DOMAIN)
        if any(not str(one.get("mediaUrl", "")).startswith("https://") for one in files):
            raise Refusal(400, 355014, "Invalid mediaUrl.", domain=_DOMAIN)
        return [(str(one.get("mediaName", "")), 0) for one in files]

    def _kind_of(self, talk: Talk) -> str:
        return "FROM_EBAY" if talk.buyer.key == EBAY else "FROM_MEMBERS"

    def _listed(self, talk: Talk) -> dict[str, object]:
        listed: dict[str, object] = {
            "conversationId": talk.id,
            "conversationStatus": "ACTIVE",
            "conversationTitle": talk.topic,
            "conversationType": self._kind_of(talk),
            "createdDate": stamp(talk.letters[0].at),
            "latestMessage": self._message(talk, max(talk.letters, key=lambda letter: letter.at)),
            "unreadCount": 0,
        }
        return listed | ({"referenceType": "LISTING", "referenceId": talk.item} if talk.item else {})

    def _message(self, talk: Talk, letter: Letter) -> dict[str, object]:
        ours = letter.by is By.SELLER
        told: dict[str, object] = {
            "messageId": letter.id,
            "createdDate": stamp(letter.at),
            "messageBody": letter.text,
            "subject": letter.subject,
            "senderUsername": self.seller if ours else talk.buyer.key,
            "recipientUsername": talk.buyer.key if ours else self.seller,
            "readStatus": ours,
        }
        media = [
            {"mediaName": name, "mediaType": "IMAGE", "mediaUrl": f"{self.media}/{quote(name)}"}
            for name, _size in letter.files
        ]
        return told | ({"messageMedia": media} if media else {})


def _kind(request: Request) -> str:
    kind = request.args.get("conversation_type", "")
    if kind not in {"FROM_MEMBERS", "FROM_EBAY"}:
        raise Refusal(400, 355017, "The required conversation_type query parameter is missing.", domain=_DOMAIN)
    return kind
