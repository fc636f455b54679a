"""The curriculum: how a week's theme and its closing question are posted."""
