"""自然资源局 plugin: real estate on record, and families under a geological hazard."""
