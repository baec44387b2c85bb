"""Shopify as it answers: its Admin API by GraphQL, and the webhooks it sends."""
