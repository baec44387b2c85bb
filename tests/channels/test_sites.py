"""A marketplace's host says the language of its buyers, and which site fits a seller."""

import pytest

from tresen.channels.sites import language_of, likely

EBAY = ("ebay.at", "ebay.be", "ebay.co.uk", "ebay.com", "ebay.de", "ebay.it")


@pytest.mark.parametrize(
    ("host", "language"),
    [
        ("ebay.de", "de"),
        ("ebay.at", "de"),
        ("amazon.co.uk", "en"),
        ("amazon.se", "sv"),
        ("ebay.be", ""),
        ("ebay.ch", ""),
        ("conrad", ""),
        ("other", ""),
    ],
)
def test_a_host_tells_its_buyers_language_where_there_is_one(host: str, language: str) -> None:
    assert language_of(host) == language


@pytest.mark.parametrize(
    ("sold_at", "language", "site"),
    [
        ((), "de", "ebay.de"),
        ((), "it", "ebay.it"),
        ((), "en", ""),
        ((), "pl", ""),
        (("amazon.de", "amazon.it", "amazon.de", "conrad"), "en", "ebay.de"),
        (("amazon.se",), "it", "ebay.it"),
        (("amazon.co.uk",), "de", "ebay.co.uk"),
    ],
)
def test_the_site_that_fits_is_where_one_sells_else_that_of_ones_language(
    sold_at: tuple[str, ...], language: str, site: str
) -> None:
    assert likely(EBAY, sold_at=sold_at, language=language) == site
