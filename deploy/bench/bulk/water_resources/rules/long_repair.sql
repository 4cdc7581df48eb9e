SELECT person, reported_on FROM water_users JOIN repairs USING (point)
WHERE repair <> 'done' AND reported_on < $on::DATE - $repair_days::INTEGER
