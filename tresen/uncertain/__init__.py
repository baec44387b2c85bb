"""What a platform may have done without saying so is looked for there, and done again by people alone (0048)."""
