"""公安局户政 plugin: the household register, its changes, and deaths that leave a family without labour."""
