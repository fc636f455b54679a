"""The sandbox, held against Discord's documented behaviour by discord.py itself and by plain requests."""
