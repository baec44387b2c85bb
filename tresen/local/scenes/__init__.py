"""Days that can be replayed: the product's own code, with nothing simulated but the clock and the agents."""
