SELECT person, max(diagnosed_on) AS diagnosed_on, count(*) AS untreated FROM major_illness
WHERE treatment = 'untreated' AND diagnosed_on <= $on::DATE - $newly_diagnosed_days::INTEGER GROUP BY person
