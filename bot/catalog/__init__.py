"""Where films are kept and found. No Discord."""
