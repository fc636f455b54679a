"""The sandbox's page, driven in a real Chromium against the real sandbox and a real discord.py bot."""
