"""A fake Amazon: its Selling Partner API, as far as our connector asks it, and the seller's queue at AWS."""

from tresen.fakes.amazon.platform import KEYS, FakeAmazon

__all__ = ["KEYS", "FakeAmazon"]
