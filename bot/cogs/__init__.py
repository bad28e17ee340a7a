"""The commands: get, build, send."""
