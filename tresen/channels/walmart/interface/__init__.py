"""Walmart's Marketplace API: orders, returns and stock. It has no messages; those come and go by mail."""
