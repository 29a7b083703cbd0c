"""Schedulers: pure functions from a state, a grade and a day to the next state."""
