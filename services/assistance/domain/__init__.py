"""Pure rules of assistance: the plan of a household and its tasks."""
