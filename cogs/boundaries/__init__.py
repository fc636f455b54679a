"""Boundary practice: how the circle's challenge is posted."""
