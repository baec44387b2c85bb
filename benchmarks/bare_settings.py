"""The product's settings, and one address more: the bare list that the queue's page is compared with."""

from tresen.config.settings import *  # noqa: F403 - all of them, one is changed below

ROOT_URLCONF = "benchmarks.bare_urls"
