"""Alerts and duty: who is asked, who has it, and what a member may truly be told of it."""
