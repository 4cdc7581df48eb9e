"""Care of monitored households: contact persons, evaluation, problems, worklists. What callers see."""
