from tresen.orders.coming_back import price_of
from tresen.orders.models import OrderLine

LAMP = OrderLine(sku="LW-MIRA-03", price=4990)
SHADE = OrderLine(sku="LW-MIRA-03 B", price=990)
BARE = OrderLine(sku="", price=100)


def test_items_cost_what_the_lines_cost_that_they_name() -> None:
    assert price_of(["2 × LW-MIRA-03 Mira table lamp"], [LAMP, BARE]) == 9980
    assert price_of(["1 × LW-MIRA-03", "1 × OTHER-1 Shade"], [LAMP, OrderLine(sku="OTHER-1", price=990)]) == 5980


def test_where_two_lines_may_be_meant_the_dearer_is() -> None:
    assert price_of(["1 × LW-MIRA-03 B Mira shade"], [LAMP, SHADE]) == 4990


def test_an_item_that_names_no_line_leaves_the_price_unknown() -> None:
    assert price_of(["1 × LW-MIRA-03 Lamp", "1 × Mira shade"], [LAMP, BARE]) is None
    assert price_of(["a lamp"], [LAMP]) is None
    assert price_of([], [LAMP]) is None
    assert price_of(["1 × LW-MIRA-033 Lamp"], [LAMP]) is None
