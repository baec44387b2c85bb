"""A fake WooCommerce shop."""
