"""The demo's accounts at the platforms, brought back from the file, and served on this machine."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import socket

from tresen.channels.amazon.knowledge import marketplaces
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.amazon.messaging import MESSAGES, REVIEW
from tresen.fakes.ebay.platform import Ebay
from tresen.fakes.ebay.post_order import Requested
from tresen.fakes.faults import Bucket
from tresen.fakes.kaufland import FakeKaufland
from tresen.fakes.market import Entry, entry_at
from tresen.fakes.meta import FakeMeta
from tresen.fakes.meta.platform import Comment
from tresen.fakes.mirakl import FakeMirakl
from tresen.fakes.otto import FakeOtto
from tresen.fakes.sales import By
from tresen.fakes.serving import Account, running
from tresen.fakes.shopify.platform import FakeShopify
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.walmart import FakeWalmart
from tresen.fakes.whatsapp import FakeWhatsApp
from tresen.fakes.whatsapp.platform import a_template
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.fakes.world import Clock, World
from tresen.local.demo.platforms.keeping import WorldFile
from tresen.local.demo.platforms.letterbox import LETTERBOX, Letterbox
from tresen.local.demo.tale.besides import approved_templates
from tresen.local.demo.tale.stores import BRAND, PLATFORMS, SMALL_STORES, StorePlan

_SITES = {site.host: site.id for site in marketplaces()}


@dataclass(slots=True, kw_only=True)
class Stall:
    """One account: what was promised there (`entry`), and what is there (`world`)."""

    plan: StorePlan
    world: World
    entry: Entry
    requests: list[Requested] = field(default_factory=list)

    def entered(self, base: str) -> Mapping[str, str]:
        """What an administrator enters to connect the store, with the platforms at `base`."""
        return self.entry.entered(f"{base}/{self.plan.key}")


@dataclass(slots=True, kw_only=True)
class Stalls:
    """All of them by their store's key, and the letters that went to ordinary mail addresses."""

    file: WorldFile
    by_key: Mapping[str, Stall]
    letterbox: Letterbox

    def keep(self, stall: Stall, requests: Collection[Requested]) -> None:
        """Keep what became of these."""
        self.file.keep(stall.plan.key, requests, numbered=stall.world.numbered)

    @contextmanager
    def open(self, listening: socket, *, desk: str = "") -> Iterator[None]:
        """Serve them there; `desk`: where Tresen is."""
        accounts = [Account(name=key, fake=stall.entry.fake) for key, stall in self.by_key.items()]
        accounts.append(Account(name=LETTERBOX, fake=self.letterbox))
        with running(accounts, listening=listening, desk=desk):
            yield


def stalls_of(file: WorldFile, *, clock: Clock) -> Stalls:
    """The accounts as the file has them; what changes there is kept in it from now on."""
    kept = file.accounts()
    plans = (*PLATFORMS, *(plan for plan in SMALL_STORES if plan.key in kept))
    letters = World(clock)
    file.bring_back(LETTERBOX, letters)
    return Stalls(
        file=file,
        by_key={plan.key: _stall(plan, file, clock) for plan in plans},
        letterbox=Letterbox(world=letters),
    )


def _stall(plan: StorePlan, file: WorldFile, clock: Clock) -> Stall:
    world = World(clock)
    beside = file.bring_back(plan.key, world)
    requests = [one for one in beside if isinstance(one, Requested)]
    entry = entry_at(plan.channel, world, seller=BRAND, marketplace=_SITES.get(plan.marketplace, ""))
    _patient(entry, clock)
    match entry.fake:
        case Ebay() as ebay:
            ebay.post_order.inquiries = requests
        case FakeAmazon() as amazon:
            amazon.tokens = file.tokens(plan.key)
            known = {*MESSAGES, REVIEW}
            amazon.messaging.sent = [
                (talk.sale, talk.topic, letter.text)
                for talk in world.talks.values()
                if talk.topic in known
                for letter in talk.letters
                if letter.by is By.SELLER
            ]
        case FakeMeta() as page:
            page.comments = {one.id: one for one in beside if isinstance(one, Comment)}
        case FakeWhatsApp() as number:
            number.templates = [
                a_template(name, text, example={"body_text": [examples]})
                for name, text, examples in approved_templates()
            ]
        case FakeTikTokShop() as shop:
            shop.region = plan.marketplace.rpartition("/")[2].upper()
        case FakeWooCommerce() as shop:
            shop.remarks.clear()  # its buyers write mails: nothing was said at the checkout
    return Stall(plan=plan, world=world, entry=entry, requests=requests)


_PLENTY = 100_000.0


def _patient(entry: Entry, clock: Clock) -> None:
    """Count nobody's requests: the demo's time may run faster than the clock that the fakes count by.

    Those that look at when a request was signed go by the demo's time, too.
    """
    match entry.fake:
        case FakeAmazon() as amazon:
            amazon.rates = {}
            amazon.buckets.clear()
        case Ebay() | FakeShopify() | FakeMirakl() | FakeOtto() | FakeWalmart() as fake:
            fake.bucket = Bucket(per_second=_PLENTY, burst=10 * _PLENTY)
        case FakeKaufland() | FakeTikTokShop() as fake:
            fake.bucket = Bucket(per_second=_PLENTY, burst=10 * _PLENTY)
            fake.clock = lambda: clock().timestamp()
