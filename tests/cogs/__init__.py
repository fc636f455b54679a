"""Discord's face over real sockets: the real discord.py against the sandbox."""
