"""Change requests: what changes after the contract, why, and what it does to scope, price, dates."""
