"""A fake Twilio account, of which our connector of SMS sees the messages."""

from tresen.fakes.sms.platform import ACCOUNT, AUTH_TOKEN, NUMBER, FakeTwilio

__all__ = ["ACCOUNT", "AUTH_TOKEN", "NUMBER", "FakeTwilio"]
