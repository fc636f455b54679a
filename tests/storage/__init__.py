"""Storage: one contract over SQLite and PostgreSQL, and what each of the two promises besides."""
