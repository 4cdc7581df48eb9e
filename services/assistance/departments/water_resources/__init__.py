"""水利局 (water resources bureau): a department plugin."""
