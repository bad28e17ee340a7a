"""How a film looks and is asked for. Knows discord.py, never SQL."""
