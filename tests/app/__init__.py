"""The composition root and the operator's commands, as an operator runs them."""
