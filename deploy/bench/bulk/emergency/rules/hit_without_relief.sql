SELECT person, min(happened_on) AS happened_on, max(persons) AS persons FROM victims AS v
WHERE persons > 0 AND happened_on >= $on::DATE - $disaster_warning_days::INTEGER
    AND happened_on < $on::DATE - $disaster_relief_days::INTEGER
    AND NOT EXISTS (FROM relief AS r WHERE r.event = v.event AND r.person = v.person)
GROUP BY person
