"""`tresen fake-platform`: marketplaces on this machine alone, to try connections out without an account anywhere."""

import argparse
import sys

from tresen.fakes.faults import Faults
from tresen.fakes.market import PLATFORMS, a_market
from tresen.fakes.serving import Account, Platforms, server_of
from tresen.timekeeping import wall


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which platforms, how full, and what goes wrong there."""
    parser.add_argument("platforms", nargs="*", metavar="PLATFORM", help=f"of {', '.join(PLATFORMS)}; none named: all")
    parser.add_argument("--port", type=int, default=8124, help="default: 8124; 0: a free one")
    parser.add_argument("--orders", type=int, default=60, help="how many each has (default: 60)")
    for name, what in (
        ("too-many", "is refused as too many"),
        ("broken", "fails on the platform's side"),
        ("silent", "gets no answer"),
        ("slow", "is answered slowly"),
    ):
        parser.add_argument(f"--{name}", type=float, default=0.0, metavar="SHARE", help=f"this share {what}, as 0.02")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    try:
        markets = {
            name: a_market(name, sales=options.orders, clock=wall.now) for name in options.platforms or PLATFORMS
        }
    except LookupError as unknown:
        print(unknown, file=sys.stderr)
        return 2
    accounts = [
        Account(name=name, fake=market.fake, faults=_faults(options, seed))
        for seed, (name, market) in enumerate(markets.items())
    ]
    try:
        server = server_of(Platforms(accounts), port=options.port)
    except (OSError, SystemExit):
        print(f"Port {options.port} is taken: choose another one by --port.", file=sys.stderr)
        return 1
    base = f"http://127.0.0.1:{server.server_port}"
    print(f"Fake platforms talk at {base} until you stop them. What buyers see: {base}/<name>/seen")
    for name, market in markets.items():
        print(f"\n{market.fake.title}: on the page of a store's connection enter")
        print("\n".join(f"  {field}: {value}" for field, value in market.entered(f"{base}/{name}").items()), flush=True)
    server.serve_forever()
    return 0


def _faults(options: argparse.Namespace, seed: int) -> Faults:
    return Faults(too_many=options.too_many, broken=options.broken, silent=options.silent, slow=options.slow, seed=seed)
