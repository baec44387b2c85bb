"""`tresen web`: uvicorn and our application in front of it."""

import argparse
import os
import signal
import socket
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

import uvicorn
from django.conf import settings
from django.core.management import call_command

from tresen.local.installation import installation
from tresen.local.kinship import die_with_parent

DEFAULT_PORT = 8000
# Browsers that watch for live updates never hang up by themselves.
LONGEST_GOODBYE = 10
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 (compared, not bound)
THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"default: {DEFAULT_PORT}")
    parser.add_argument("--processes", type=int, default=1, help="server processes (default: 1)")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    die_with_parent()
    # uvicorn raises the signal that ended it once more for us: leaving this way lets go of the database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    know_own_address(options.host, options.port)
    if problem := cannot_listen(options.host, options.port):
        print(problem)
        return 1
    with installation(lasting=True):
        collect_static_files()
        uvicorn.run(
            "tresen.config.asgi:application",
            host=options.host,
            port=options.port,
            workers=options.processes,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=LONGEST_GOODBYE,
        )
    return 0


def know_own_address(host: str, port: int) -> None:
    """Links in mails and forms name the address people use; without a setting that is where we listen."""
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    os.environ.setdefault("TRESEN_BASE_URL", f"http://{shown}:{port}")


def who_is_answered(host: str, environ: Mapping[str, str]) -> str:
    """What to set where others are to be let in and nobody has said by which name; call `know_own_address` before."""
    named = urlsplit(environ.get("TRESEN_BASE_URL", "")).hostname not in {None, *THIS_MACHINE}
    hosts = any(environ.get(name) for name in ("TRESEN_HOSTS", "TRESEN_HOSTS_FILE", "TRESEN_BASE_URL_FILE"))
    if host not in EVERYWHERE or named or hosts:
        return ""
    return "Only this machine is answered: say in TRESEN_BASE_URL by which address others reach it."


def cannot_listen(host: str, port: int) -> str:
    """Why this address can't be listened on; empty when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            return f"Port {port} on {host} can't be used ({problem.strerror}). Choose another one with --port."
    return ""


def collect_static_files() -> None:
    """Style sheets, scripts and pictures under hashed names, where the server looks for them."""
    if settings.STATIC_ROOT:
        call_command("collectstatic", interactive=False, verbosity=0)
