"""One fingerprint for all static files: it stands in their address, so browsers may keep them for ever.

Relative addresses in style sheets and module imports stay as they are written, and nothing has to be collected or
rewritten before a start.
"""

from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

LENGTH = 12


def fingerprint(folder: Path, *, packages: Iterable[str] = ()) -> str:
    """Changes when a file of `folder` or the version of one of `packages` (which bring files of their own) does."""
    found = sha256("".join(f"{name}={version(name)};" for name in packages).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:LENGTH]
