"""What Offhand costs, beside its peers: `python -m benchmarks [NAME]`."""
