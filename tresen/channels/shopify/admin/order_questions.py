"""What we ask about orders. A list is told with the first few parts of each; an order with more is asked for alone.

Shopify reckons a query before it runs: an object 1 point, a connection 2 and as many objects as are asked for, and one
query may cost 1,000 (measured by others in 2026-07; tests hold our figures against the fake's count).
"""

from dataclasses import dataclass

from tresen.channels.shopify.admin.asking import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How many parts of an order are asked for. Where as many come, there may be more."""

    lines: int
    parcels: int
    refunds: int

    def variables(self) -> dict[str, object]:
        """The same for the document."""
        return {"lines": self.lines, "parcels": self.parcels, "refunds": self.refunds}

    @property
    def cost(self) -> float:
        """Points for one order."""
        return 8.0 + 5 * self.lines + 7 * self.parcels + 12 * self.refunds


FEW = Parts(lines=6, parcels=3, refunds=2)
MANY = Parts(lines=100, parcels=20, refunds=10)
PAGE = 5

_FIELDS = """
fragment OrderFields on Order {
  legacyResourceId name createdAt updatedAt cancelledAt currencyCode email
  displayFinancialStatus displayFulfillmentStatus
  totalPriceSet { shopMoney { amount } }
  customer { firstName lastName defaultEmailAddress { emailAddress } }
  shippingAddress { name company address1 address2 zip city province country countryCodeV2 }
  lineItems(first: $lines) {
    nodes {
      id name title sku quantity currentQuantity unfulfilledQuantity
      product { legacyResourceId }
      image { url(transform: {maxWidth: 160, maxHeight: 160}) }
      originalUnitPriceSet { shopMoney { amount } }
    }
    pageInfo { hasNextPage }
  }
  fulfillments(first: $parcels) {
    legacyResourceId createdAt updatedAt status deliveredAt estimatedDeliveryAt
    trackingInfo(first: 3) { company number url }
    events(first: 1, reverse: true) { nodes { status happenedAt message city } }
  }
  refunds(first: $refunds) {
    legacyResourceId createdAt note
    transactions(first: 3) { nodes { kind status amountSet { shopMoney { amount } } } }
  }
}
"""
CHANGED = Question(
    document="""
query ChangedOrders($query: String!, $first: Int!, $after: String, $lines: Int!, $parcels: Int!, $refunds: Int!) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { ...OrderFields }
    pageInfo { hasNextPage endCursor }
  }
}
"""
    + _FIELDS,
    cost=2 + PAGE * FEW.cost,
)
WHOLE = Question(
    document="""
query WholeOrder($id: ID!, $lines: Int!, $parcels: Int!, $refunds: Int!) {
  order(id: $id) { ...OrderFields }
}
"""
    + _FIELDS,
    cost=MANY.cost,
)
NAMED = Question(
    document="""
query NamedOrders($query: String!) {
  orders(first: 10, query: $query) { nodes { legacyResourceId name } }
}
""",
    cost=12,
)
