"""A date to be ready by: the lens over the schedule, and how ready one is."""
