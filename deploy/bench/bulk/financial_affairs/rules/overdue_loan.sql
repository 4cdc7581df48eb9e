SELECT person, sum(overdue) AS overdue, min(overdue_since) AS since FROM loans
WHERE overdue > 0 AND (overdue_since IS NULL OR overdue_since <= $on::DATE - $overdue_days::INTEGER)
GROUP BY person
