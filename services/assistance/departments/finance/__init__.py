"""财政局 plugin: who is paid from public funds, and whose subsidy came back."""
