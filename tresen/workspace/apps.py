from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "tresen.workspace"

    def ready(self) -> None:
        """A fresh clone has no compiled catalogues: they are made at the first start."""
        from tresen.workspace.catalogues import compile_where_needed  # noqa: PLC0415 - costs a start only what it must

        compile_where_needed()
