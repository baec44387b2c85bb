"""Reading customers."""

from tresen.customers.models import Identity, LinkDecision


def identities_of(customer_id: int) -> list[tuple[Identity, LinkDecision | None]]:
    """How channels know this customer, each with the newest decision that says so."""
    identities = list(Identity.objects.filter(customer=customer_id).order_by("first_seen_at", "pk"))
    decisions = LinkDecision.objects.filter(identity__in=identities, customer=customer_id).order_by("decided_at", "pk")
    newest = {decision.identity_id: decision for decision in decisions}
    return [(identity, newest.get(identity.pk)) for identity in identities]
