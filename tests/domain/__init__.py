"""The domain against slow, obvious oracles."""
