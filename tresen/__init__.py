"""Tresen: one counter for the buyers of every channel."""
