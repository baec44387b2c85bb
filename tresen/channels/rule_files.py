"""The rule packs' files, and the only list of them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from tresen.channels.dated_data import Entry, channel_file, read_data
from tresen.channels.rule_entries import EDITION_KEYS, REGION_KEYS, edition_in, region_in
from tresen.channels.rule_packs import RulePack, RulePacks

PLATFORMS = (
    "amazon",
    "ebay",
    "walmart",
    "kaufland",
    "otto",
    "mirakl",
    "tiktok_shop",
    "facebook",
    "instagram",
    "whatsapp",
    "sms",
    "shopify",
    "woocommerce",
    "paypal",
    "klarna",
)
"""Everybody who sets rules, whether there is a connector or not."""

LAW = "legal"
"""The pack that belongs to no channel."""

LISTED = (*PLATFORMS, LAW)
"""Every pack there is: the only list of them."""


@cache
def load_rule_packs(platform: str) -> RulePacks:
    """The editions in `tresen/channels/<platform>/rules.yaml`. No file: the platform sets no time."""
    path = channel_file(platform, "rules.yaml")
    return read_rule_packs(path, platform=platform) if path.is_file() else RulePacks(platform=platform)


def all_rule_packs() -> tuple[RulePacks, ...]:
    """Every pack there is, the law's last."""
    return tuple(load_rule_packs(platform) for platform in LISTED)


def read_rule_packs(path: Traversable, *, platform: str) -> RulePacks:
    """The editions in the file `path`. Raises `DatedDataError` with file and key."""
    root = read_data(path, known={"platform", "title", "regions", "editions", "shared"})
    if root.text("platform") != platform:
        raise root.wrong("platform", f"must be {platform!r}, the name of its folder")
    regions = tuple(region_in(entry) for entry in root.parts("regions", known=REGION_KEYS, default=()))
    known = {"", *(region.key for region in regions)}
    editions = tuple(edition_in(entry, platform, known) for entry in root.parts("editions", known=EDITION_KEYS))
    for region in known:
        days = [edition.valid_from for edition in editions if edition.region == region]
        if days != sorted(set(days)):
            raise root.wrong("editions", "must stand oldest first, each with its own valid_from")
    return RulePacks(platform=platform, title=root.text("title", default=platform), regions=regions, editions=editions)


def kept_edition(contents: Mapping[str, object], *, name: str, platform: str) -> RulePack:
    """An edition from what a row keeps of it: `RulePack.written`, with days as texts."""
    days = {key: date.fromisoformat(str(contents[key])) for key in ("valid_from", "checked")}
    entry = Entry(where=name, entries={**contents, **days}, known=EDITION_KEYS)
    return edition_in(entry, platform, {"", str(contents.get("region", ""))})
