"""Every foreign key points to the same or a lower layer, so that a row below never needs a row above."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def layers():
    contracts = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (lines,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {package.strip(" ()"): height for height, line in enumerate(reversed(lines)) for package in line.split("|")}


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("tresen.")]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    height = layers()
    package = model.__module__.split(".")[1]
    for field in model._meta.get_fields():
        target = field.related_model if field.is_relation and field.concrete else None
        if target is not None and target.__module__.startswith("tresen."):
            below = target.__module__.split(".")[1]
            assert height[below] <= height[package], f"{model._meta.label}.{field.name} points up"
