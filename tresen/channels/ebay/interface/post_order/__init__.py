"""What comes after a sale: returns, requests, cases and payment disputes, and what is decided about them."""
