"""The content as it ships, loaded once for all tests of a process."""

from bot import content

CONTENT = content.load()
BOOKS = CONTENT.phrasebooks
