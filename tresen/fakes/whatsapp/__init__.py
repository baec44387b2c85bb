"""A fake WhatsApp: one number with those who write to it."""

from tresen.fakes.whatsapp.platform import ACCESS_TOKEN, BUSINESS, NUMBER, FakeWhatsApp

__all__ = ["ACCESS_TOKEN", "BUSINESS", "NUMBER", "FakeWhatsApp"]
