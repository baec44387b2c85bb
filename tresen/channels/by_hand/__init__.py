"""What no platform brings: calls, letters and visits, logged by whoever heard or read them, at any store.

No channel of its own: a call is about a store that exists already, with its orders and its team. See decision 0059.
"""
