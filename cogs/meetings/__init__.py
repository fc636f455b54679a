"""The circle's regular meeting."""
