from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "tresen.outbox"
