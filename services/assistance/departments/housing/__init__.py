"""住房和城乡建设局 (housing bureau): a department plugin."""
