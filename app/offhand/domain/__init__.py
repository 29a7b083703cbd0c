"""What Offhand knows about learning: pure values and functions, no clock, no files, no framework."""
