"""The demo shop's data files: read once, never written."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

type Words = Mapping[str, Any]

LANGUAGES = ("de", "en", "it")


@cache
def data_file(name: str) -> Words:
    """The content of one file of this folder."""
    return cast("Words", yaml.safe_load((files("tresen.local.demo.tale") / name).read_text(encoding="utf-8")))


def texts(language: str) -> Words:
    """What people write in this language."""
    return data_file(f"texts/{language}.yaml")


def names(*path: str) -> Sequence[str]:
    """A list of names in people.yaml, by its keys."""
    found: Any = data_file("people.yaml")
    for key in path:
        found = found[key]
    return cast("Sequence[str]", found)
