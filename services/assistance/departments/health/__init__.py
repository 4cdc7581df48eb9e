"""卫生健康局 (health bureau): a department plugin."""
