"""What makes a card poor: told by `offhand check --style`."""
