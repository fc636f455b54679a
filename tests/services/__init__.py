"""The use cases over a real SQLite file, with a messenger that records and a clock that is stepped."""
