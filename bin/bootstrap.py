"""Makes the environment with nothing but a bare Python 3.9 or newer; bin/setup calls it.

It finds the Python of .python-version, fetches uv into a place of its own, installs what requirements*.txt pin by
hash, and compiles the translations. When all of that is done already it does nothing.
"""

import argparse
import fcntl
import hashlib
import json
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRIVATE = ROOT / ".tresen"
VENV = ROOT / ".venv"
STAMP = VENV / "tresen-setup.json"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 12)
# Companies put certificates of their own here; uv would look only at those it brings.
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
PINNED = {"requirements-setup": "3.9", "requirements": "3.13", "requirements-dev": "3.13"}


class CannotGoOn(Exception):
    """Something only a person can mend; the message says what."""


def main():
    """Set up, or pin."""
    parser = argparse.ArgumentParser(prog="bin/setup", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--pin", action="store_true", help="pin requirements*.in anew instead")
    parser.add_argument("--upgrade", action="store_true", help="with --pin: take newer versions")
    arguments = parser.parse_args()
    PRIVATE.mkdir(exist_ok=True)
    if CERTIFICATES.exists():
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    os.environ.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    with (PRIVATE / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            pin(upgrade=arguments.upgrade) if arguments.pin else set_up(dev=arguments.dev)
        except CannotGoOn as problem:
            print(problem, file=sys.stderr)
            return 1
    return 0


def set_up(*, dev):
    """The environment as the requirements say it should be."""
    wanted = ["requirements.txt", *(["requirements-dev.txt"] if dev else [])]
    state = {name: fingerprint(ROOT / name) for name in wanted}
    there = known_state()
    if not all(there.get(name) == value for name, value in state.items()):
        # What another command installed stays: bin/demo after bin/test must not take pytest away.
        files = [name for name in ("requirements.txt", "requirements-dev.txt") if name in state or name in there]
        uv = find_uv()
        make_environment(uv)
        say("Installing packages ...")
        command = [uv, "pip", "sync", "--quiet", "--python", str(PYTHON), "--require-hashes", *files]
        run(command, "The packages could not be installed (is the network there?)")
        make_importable()
        STAMP.write_text(json.dumps({name: fingerprint(ROOT / name) for name in files}), encoding="utf-8")
        say("The environment is ready.")
    compile_translations()


def pin(*, upgrade):
    """Write requirements*.txt anew. They name packages and hashes, never a place to fetch them from."""
    uv = find_uv()
    for name, python in PINNED.items():
        command = [uv, "pip", "compile", "--quiet", "--no-config", "--generate-hashes", "--python-version", python]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "bin/pin"]
        command += ["--universal"] if name == "requirements-setup" else []
        command += ["--upgrade"] if upgrade else []
        run([*command, f"{name}.in", "--output-file", f"{name}.txt"], f"{name}.in could not be pinned")


def find_uv():
    """The uv of the machine, else one of our own from the package index, fetched with pip."""
    if found := shutil.which("uv"):
        return found
    own = PRIVATE / "uv"
    requirement = ROOT / "requirements-setup.txt"
    marker = own / "pinned"
    if not marker.is_file() or marker.read_text(encoding="utf-8") != fingerprint(requirement):
        shutil.rmtree(own, ignore_errors=True)
        say("Fetching uv ...")
        fetch_uv(own, requirement)
        marker.write_text(fingerprint(requirement), encoding="utf-8")
    return str(own / "bin" / "uv")


def fetch_uv(folder, requirement):
    """Put uv in a virtual environment of its own; Debian keeps the module that makes one in another package."""
    for python in (sys.executable, *pythons()):
        if not works([python, "-c", "import ensurepip, venv"]):
            continue
        if works([python, "-m", "venv", str(folder)]):
            install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
            run([*install, "-r", str(requirement)], "uv could not be fetched (is the network there?)")
            return
    if install_debian("python3-venv") and works([sys.executable, "-c", "import ensurepip"]):
        fetch_uv(folder, requirement)
        return
    raise CannotGoOn("Python's venv module is missing: sudo apt install python3-venv, then run this again.")


def make_environment(uv):
    """An environment with the Python of .python-version, unless there is one that fits."""
    if PYTHON.exists() and works([str(PYTHON), "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]):
        return
    wish = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    chosen = next(iter(pythons(wish)), None)
    if chosen is None:
        say(f"No Python {wish} is here: uv fetches one ...")
        chosen = wish if works([uv, "python", "install", "--quiet", wish]) else None
    chosen = chosen or next(iter(pythons("3.12")), None)
    if chosen is None:
        raise CannotGoOn(
            f"Python {wish} is not on this machine and could not be downloaded. Install it (pyenv install {wish}, or "
            "your distribution's package), then run this again."
        )
    say(f"Making .venv with {chosen} ...")
    run([uv, "venv", "--quiet", "--clear", "--python", chosen, str(VENV)], "The environment could not be made")


def pythons(version=""):
    """Every Python of this version (or any) that runs: on the path, and pyenv's even where its shims are not."""
    names = [f"python{version}"] if version else ["python3.13", "python3.12", "python3"]
    found = [path for name in names if (path := shutil.which(name))]
    # HOME may be empty in a container or a job; the user's own folder is where pyenv is.
    homes = {Path("~").expanduser(), Path(pwd.getpwuid(os.geteuid()).pw_dir)}
    roots = [Path(os.environ["PYENV_ROOT"])] if "PYENV_ROOT" in os.environ else [home / ".pyenv" for home in homes]
    for root in roots:
        found += [str(path) for name in names for path in sorted(root.glob(f"versions/*/bin/{name}"), reverse=True)]
    # A shim is there for versions that are not chosen too; only asking tells.
    check = f"import sys; sys.exit(not '%d.%d' % sys.version_info[:2] == {version!r})" if version else ""
    return [path for path in found if works([path, "-c", check])]


def make_importable():
    """Let the environment import tresen, tests and checks from here, whatever folder it is started in."""
    for packages in VENV.glob("lib/python*/site-packages"):
        (packages / "tresen.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def compile_translations():
    """A .mo beside each .po that is newer than it."""
    sources = [path for path in (ROOT / "tresen").rglob("locale/*/LC_MESSAGES/*.po") if stale(path)]
    if sources:
        run([str(PYTHON), str(ROOT / "bin" / "catalogues.py"), *map(str, sources)], "A translation is not well formed")


def stale(source):
    """Whether the compiled catalogue is missing or older than its source."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def known_state():
    """What the environment was last made from; nothing if it was never finished."""
    try:
        return (json.loads(STAMP.read_text(encoding="utf-8")) or {}) if PYTHON.exists() else {}
    except (OSError, ValueError):
        return {}


def fingerprint(path):
    """A file's content in short."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def install_debian(package):
    """Install a Debian package if we may. Says so; False if we may not."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (as_root and not works(["sudo", "-n", "true"])):
        return False
    say(f"Installing Debian's {package} ...")
    works([*as_root, "apt-get", "update", "-qq"])
    return works([*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", package])


def works(command):
    """Whether a command ends well; its words are of no interest."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run(command, problem):
    """Run a command that must end well."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise CannotGoOn(f"{problem}: {' '.join(command[:4])} ... failed; its words are above.")


def say(text):
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
