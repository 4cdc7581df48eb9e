"""Pure rules of assistance: departments, plans, tasks, evaluation, society, honours, the 97 tasks."""
