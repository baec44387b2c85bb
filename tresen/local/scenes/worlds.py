"""A PostgreSQL of a scene's own: the stage is set once and copied, so that every way of serving begins alike."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from tresen.local.installation import keep_secrets, prepare_django
from tresen.local.postgres import start_ephemeral
from tresen.local.scenes.trace import Scene

if TYPE_CHECKING:
    from tresen.local.scenes.figures import Figures


@contextmanager
def own_world() -> Iterator[None]:
    """Django on an empty database of this release that is thrown away at the end."""
    server = start_ephemeral()
    try:
        os.environ.update({"DATABASE_URL": server.url, "TRESEN_DEMO": "true"})
        keep_secrets(server.folder, os.environ)
        prepare_django()
        from django.core.management import call_command  # noqa: PLC0415 (settings are known only now)

        call_command("migrate", verbosity=0)
        yield
    finally:
        server.stop()


def compare(scene: Scene, servings: Sequence[str], *, at_once: int) -> list["Figures"]:
    """Set the stage, then play it with each way of serving in a database of its own, so many at once."""
    from tresen.local.scenes.staging import set_stage  # noqa: PLC0415 (models are loaded only now)

    set_stage(scene)
    names = {serving: _copied(f"play_{number}") for number, serving in enumerate(servings)}
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(max_workers=at_once, mp_context=context) as players:
        plays = [players.submit(_play, scene, serving, name) for serving, name in names.items()]
        return [play.result() for play in plays]


def _copied(name: str) -> str:
    from django.db import connection  # noqa: PLC0415 (settings are known only now)

    connection.close()
    given = connection.get_connection_params()
    place = {key: given[key] for key in ("host", "port", "user") if given.get(key)}
    with psycopg.connect(**place, dbname="postgres", autocommit=True) as server:
        names = sql.Identifier(name), sql.Identifier(connection.settings_dict["NAME"])
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
    return name


def _play(scene: Scene, serving: str, database: str) -> "Figures":
    from django.db import connection  # noqa: PLC0415 (this process has its own)

    from tresen.local.demo.founding import known_shop  # noqa: PLC0415
    from tresen.local.scenes.figures import figures_of  # noqa: PLC0415
    from tresen.local.scenes.playing import Play  # noqa: PLC0415
    from tresen.local.scenes.serving import SERVES  # noqa: PLC0415

    connection.close()
    connection.settings_dict["NAME"] = database
    play = Play(scene, known_shop(), SERVES[serving])
    play.run()
    return figures_of(play)
