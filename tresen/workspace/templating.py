"""The Jinja2 environment of all screens."""

from typing import Any

from jinja2 import Environment, StrictUndefined


def jinja_environment(**options: Any) -> Environment:
    """The environment Django asks for."""
    return Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
