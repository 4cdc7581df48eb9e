"""医疗保障局 (health insurance bureau): a department plugin."""
