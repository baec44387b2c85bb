"""Everything that is checked without running the product: `python -m checks` runs it all."""
