"""The tables' history, one step a file, shipped with the package."""
