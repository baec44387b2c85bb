"""Conversations with members: read, understood, answered, with the files in them."""
