"""The environment, as a whole list."""

from collections.abc import Iterator

from tresen.config.environment import ConfigurationWrong, environment
from tresen.local.doctor.findings import Finding, Fine, Patient, Wrong

GIVEN_BY_EMBEDDED = ("DATABASE_URL", "TRESEN_SECRET_KEY", "TRESEN_VAULT_KEYS")


def look_at_settings(patient: Patient) -> Iterator[Finding]:
    """Everything that is wrong with the settings."""
    environment.cache_clear()
    try:
        environment()
    except ConfigurationWrong as wrong:
        # An embedded installation makes these itself when it starts.
        given = tuple(f"{name} is not set." for name in GIVEN_BY_EMBEDDED) if patient.embedded else ()
        problems = [problem for problem in wrong.problems if problem not in given]
        for problem in problems:
            yield Wrong(what=problem, advice="See docs/operations/settings.md.", blocks=True)
        if problems:
            return
    finally:
        environment.cache_clear()
    yield Fine(what="Settings")
