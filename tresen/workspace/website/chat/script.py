"""The widget as it is served: one classic script, put together once from the files of `static/chat`.

It brings its style with it as a constructed sheet, so that the page's policy needs to allow nothing but this script and
requests to Tresen.
"""

import json
import re
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "static" / "chat"
PARTS = ("words", "keeping", "talking", "drawing", "main")
"""In the order in which they need each other."""
_BEGINNING = """(() => {
"use strict";
const ADDRESS = document.currentScript.src.replace(/\\?.*$/, "");
const BASE = ADDRESS.replace(/\\.js$/, "");
const STORE = BASE.replace(/^.*\\//, "");
if (window[`tresen-chat-${STORE}`]) return;
window[`tresen-chat-${STORE}`] = true;
"""


def put_together() -> bytes:
    """The whole of it: without remarks and indentation, which nobody reads there."""
    style = " ".join((FOLDER / "widget.css").read_text(encoding="utf-8").split())
    parts = [(FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in PARTS]
    code = [_BEGINNING, f"const STYLE = {json.dumps(style)};\n", *map(_bare, parts), "})();\n"]
    return "".join(code).encode()


def _bare(code: str) -> str:
    lines = (line.strip() for line in code.splitlines())
    return "".join(f"{re.sub(r'\s+// .*$', '', line)}\n" for line in lines if line and not line.startswith("// "))


SCRIPT = put_together()
ETAG = f'"{sha256(SCRIPT).hexdigest()[:16]}"'
