"""Worker processes: work on tables beside a green service, never in it."""
