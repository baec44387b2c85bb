"""A fake Meta: one page or account with its conversations and comments."""

from tresen.fakes.meta.platform import ACCOUNT, APP, APP_SECRET, VERIFY_TOKEN, FakeMeta
from tresen.fakes.meta.tokens import ACCESS_TOKEN

__all__ = ["ACCESS_TOKEN", "ACCOUNT", "APP", "APP_SECRET", "VERIFY_TOKEN", "FakeMeta"]
