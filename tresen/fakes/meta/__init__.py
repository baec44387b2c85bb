"""A fake Meta: one page or account with its conversations and comments."""

from tresen.fakes.meta.platform import ACCESS_TOKEN, ACCOUNT, APP, APP_SECRET, VERIFY_TOKEN, FakeMeta

__all__ = ["ACCESS_TOKEN", "ACCOUNT", "APP", "APP_SECRET", "VERIFY_TOKEN", "FakeMeta"]
