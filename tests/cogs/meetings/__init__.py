"""The circle's meeting on a real client."""
