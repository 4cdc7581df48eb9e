"""人力资源和社会保障局 (human resources bureau): a department plugin."""
