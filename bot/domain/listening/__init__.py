"""The listener: whether words given to Trellis ask for care now. A word match, and no finding."""
