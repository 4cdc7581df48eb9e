SELECT person, sum(due) - sum(paid) AS owed, count(DISTINCT month) AS months, min(due_on) AS since
FROM post_wages WHERE paid < due AND due_on <= $on::DATE - $wage_grace_days::INTEGER GROUP BY person
