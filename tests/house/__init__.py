"""The house itself: what stands where, and that it says what it is for."""
