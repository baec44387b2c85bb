"""What Mirakl's connector says."""

KNOWN: tuple[str, ...] = ()
