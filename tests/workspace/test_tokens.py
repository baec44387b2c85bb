"""The colours that meet on screen, held to WCAG 2.2 AA by computing them as a browser does."""

import re
from itertools import product
from math import cos, radians, sin
from pathlib import Path

import pytest

import tresen.workspace

TOKENS = Path(tresen.workspace.__file__).parent / "static" / "css" / "tokens.css"
GROUNDS = ["n1", "n2", "n3"]
TEXT = 4.5
CONTROL_EDGE = 3.0

MEETINGS = [
    *product(["n12", "n11"], [*GROUNDS, "n4", "n5"], [TEXT]),
    *product(["accent", "soon", "late", "met", "waiting", "n10"], GROUNDS, [TEXT]),
    *[(signal, f"{signal}-soft", TEXT) for signal in ["accent", "soon", "late", "met", "waiting"]],
    *[("n12", f"{signal}-soft", TEXT) for signal in ["accent", "soon", "late", "met", "waiting"]],
    *[("n11", f"{signal}-soft", TEXT) for signal in ["accent", "soon", "late", "met"]],
    ("accent-strong", "accent-soft", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    *product(["n8"], GROUNDS, [CONTROL_EDGE]),
    *product(["accent"], [*GROUNDS, "n4", "accent-soft"], [CONTROL_EDGE]),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), MEETINGS)
def test_what_meets_on_screen_can_be_told_apart(scheme, front, ground, least):
    colours = palette(scheme)

    assert contrast(colours[front], colours[ground]) >= least


def test_the_contrast_formula_agrees_with_the_known_extremes():
    assert contrast((1.0, 0.0, 0.0), (0.0, 0.0, 0.0)) == pytest.approx(21, abs=0.01)
    assert contrast((0.5, 0.0, 0.0), (0.5, 0.0, 0.0)) == pytest.approx(1)


def palette(scheme):
    found = re.findall(
        r"--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\);", TOKENS.read_text(encoding="utf-8")
    )
    side = 1 if scheme == "light" else 2
    return {token[0]: tuple(float(part) for part in token[side].split()) for token in found}


def contrast(one, other):
    lighter, darker = sorted((luminance(*one), luminance(*other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(lightness, chroma, hue):
    """Relative luminance of an OKLCH colour, clipped to sRGB (https://www.w3.org/TR/css-color-4/#color-conversion-code)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(max(part, 0.0), 1.0) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
