"""Stock as the Admin API tells it: by product variant and place."""

from collections.abc import Sequence

from tresen.fakes.sales import Shelved
from tresen.fakes.shopify.connections import Told, connection, gid, moment, number_of


def variant_told(level: Shelved) -> Told:
    """A variant with its stock in the one warehouse."""

    def quantities(_info: object, names: Sequence[str]) -> list[Told]:
        known = {"available": level.available, "committed": 0, "incoming": 0}
        return [
            {"name": name, "quantity": known[name], "updatedAt": moment(level.changed_at)}
            for name in names
            if name in known
        ]

    shelf = {"quantities": quantities, "updatedAt": moment(level.changed_at)}
    return {
        "id": gid("ProductVariant", level.sku),
        "legacyResourceId": str(number_of(level.sku)),
        "sku": level.sku,
        "displayName": level.title,
        "updatedAt": moment(level.changed_at),
        "product": {"legacyResourceId": str(number_of(level.item))},
        "inventoryItem": {"tracked": True, "inventoryLevels": connection([shelf], dict)},
    }
