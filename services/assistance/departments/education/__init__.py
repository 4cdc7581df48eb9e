"""教育局 (education bureau): a department plugin."""
