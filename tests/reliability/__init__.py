"""What must hold when processes die, connections drop and everything is due at once."""
