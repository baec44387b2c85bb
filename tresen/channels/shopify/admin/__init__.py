"""Shopify's Admin API (GraphQL): what we ask it, and what its answers mean."""
