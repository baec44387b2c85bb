from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tresen.config"

    def ready(self) -> None:
        """Hand the ledger the table of what follows from events."""
        from tresen.reactions import CONSEQUENCES  # noqa: PLC0415 - models are loaded only now
        from tresen.tickets.ledger import install  # noqa: PLC0415

        install(CONSEQUENCES)
