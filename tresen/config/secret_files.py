"""Secrets from files: where NAME is not set, NAME_FILE may name a file that holds the value."""

import os
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource


class SecretFiles(PydanticBaseSettingsSource):
    """Reads each setting from the file that its variable plus `_FILE` names."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The value, the key that pydantic knows it by, and whether it still needs decoding."""
        alias = field.validation_alias
        variable = alias if isinstance(alias, str) else f"TRESEN_{field_name.upper()}"
        path = os.environ.get(f"{variable}_FILE")
        value = _content(Path(path)) if path else None
        return value, alias if isinstance(alias, str) else field_name, False

    def __call__(self) -> dict[str, Any]:
        """All settings that a file gives."""
        found = (self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items())
        return {key: value for value, key, _ in found if value is not None}


def _content(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):  # the setting is missing then, and the file is named
        return None
