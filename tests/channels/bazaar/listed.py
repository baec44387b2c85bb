"""The reader in the sandbox's child, where Bazaar is listed among the channels: what a `Sandbox` of the tests runs."""

from tests.channels import bazaar
from tresen.channels import registry
from tresen.intake.reading import read

__all__ = ["read"]

registry.CONNECTORS = (bazaar.CONNECTOR, *registry.CONNECTORS)
