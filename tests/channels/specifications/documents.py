"""The platforms' own specifications, read where they lie beside a checkout; a user's clone has none."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

PLATFORMS = Path(__file__).parents[4] / "shared" / "platforms"

needs_specifications = pytest.mark.skipif(
    not PLATFORMS.is_dir(),
    reason="The platforms' specifications do not lie beside this checkout (../shared/platforms).",
)


@cache
def document(name: str) -> dict[str, Any]:
    """A JSON file of the platforms', as "ebay/specs/commerce_message_v1_oas3.json"."""
    return json.loads((PLATFORMS / name).read_text())


def samples(folder: str, pattern: str = "*.json") -> list[Path]:
    """The sample files of a platform's folder, none where there is no folder."""
    return sorted((PLATFORMS / folder).rglob(pattern)) if PLATFORMS.is_dir() else []
