"""The command line `shouwang`. See docs/sdk/cli.md."""
