"""Orders: read, understood, and what is done about them."""
