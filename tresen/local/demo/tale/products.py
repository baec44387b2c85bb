"""What the demo shop sells."""

from dataclasses import dataclass
from functools import cache
from random import Random

from tresen.local.demo.tale.data import data_file

CARRIER_PREFIX = {
    "DHL": "00340434",
    "DPD": "0150",
    "GLS": "6021",
    "Hermes": "H100",
    "BRT": "0840",
    "Poste Italiane": "1UW",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A lamp. `price` in cents; `titles` and everything else by language."""

    name: str
    sku: str
    asin: str
    item: str
    price: int
    socket: str
    weight: int
    titles: dict[str, str]
    hangs: bool

    def title(self, language: str) -> str:
        """As it is called in a sentence: "Pendelleuchte Elva"."""
        return self.titles[language]


@cache
def products() -> tuple[Product, ...]:
    """All products, in the order of the file."""
    content = data_file("products.yaml")
    return tuple(
        _product(entry, content["kinds"][entry["kind"]], hangs=entry["kind"] in content["hanging"])
        for entry in content["products"]
    )


def any_product(dice: Random) -> Product:
    """A product, the popular ones more often."""
    known = products()
    return dice.choices(known, weights=[product.weight for product in known])[0]


def part(dice: Random, language: str) -> str:
    """A part of a lamp, with its article."""
    return str(dice.choice(data_file("products.yaml")["parts"])[language])


def colour(dice: Random, language: str) -> str:
    """A colour a lamp comes in."""
    return str(dice.choice(data_file("products.yaml")["colours"])[language])


def carrier(dice: Random, country: str) -> str:
    """A carrier that delivers in this country."""
    carriers = data_file("products.yaml")["carriers"]
    return str(dice.choice(carriers.get(country, carriers["de"])))


def tracking_number(dice: Random, carrier_name: str) -> str:
    """A number as this carrier writes them."""
    return CARRIER_PREFIX[carrier_name] + "".join(dice.choices("0123456789", k=10))


def fits(product: Product, line: str, language: str) -> bool:
    """Whether a line can be said of this product: only some have a shade, a cable, a height."""
    return product.hangs or not any(word in line for word in data_file("products.yaml")["hanging_words"][language])


def _product(entry: dict[str, object], kind: dict[str, str], *, hangs: bool) -> Product:
    name = str(entry["name"])
    return Product(
        name=name,
        sku=str(entry["sku"]),
        asin=str(entry["asin"]),
        item=str(entry["item"]),
        price=int(str(entry["price"])),
        socket=str(entry["socket"]),
        weight=int(str(entry["weight"])),
        titles={"de": f"{kind['de']} {name}", "en": f"{name} {kind['en']}", "it": f"{kind['it']} {name}"},
        hangs=hangs,
    )
