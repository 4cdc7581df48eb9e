"""Care of monitored households: contact persons, evaluation, problems, worklists. Requests and results."""
