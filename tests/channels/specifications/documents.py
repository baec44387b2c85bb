"""The platforms' own specifications, read where they lie beside a checkout; a user's clone has none."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

PLATFORMS = Path(__file__).parents[4] / "shared" / "platforms"

needs_specifications = pytest.mark.skipif(
    not PLATFORMS.is_dir(),
    reason="The platforms' specifications do not lie beside this checkout (../shared/platforms).",
)


@cache
def document(name: str) -> dict[str, Any]:
    """A file of the platforms', JSON or YAML, as "ebay/specs/commerce_message_v1_oas3.json"; all keys are texts."""
    text = (PLATFORMS / name).read_text()
    told = json.loads(text) if name.endswith(".json") else yaml.load(text, Loader=yaml.CSafeLoader)
    return dict(json.loads(json.dumps(told, default=str)))


def samples(folder: str, pattern: str = "*.json") -> list[Path]:
    """The sample files of a platform's folder, none where there is no folder."""
    return sorted((PLATFORMS / folder).rglob(pattern)) if PLATFORMS.is_dir() else []
