from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tresen.config"
