"""What each version that somebody may have run left in its database, written by that version's own code."""
