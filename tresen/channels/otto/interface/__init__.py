"""OTTO Market's interface: orders, parcels, returns, receipts, stock. It has no messages; they come and go by mail."""
