from django.apps import AppConfig


class SlaConfig(AppConfig):
    name = "tresen.sla"
