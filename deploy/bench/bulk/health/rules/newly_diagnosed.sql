SELECT person, max(diagnosed_on) AS diagnosed_on, count(*) FILTER (treatment = 'untreated') AS untreated
FROM major_illness WHERE diagnosed_on > $on::DATE - $newly_diagnosed_days::INTEGER GROUP BY person
