"""财政局 plugin: who is paid from public funds."""
