"""The shipped content, and each kind of fault in it."""
