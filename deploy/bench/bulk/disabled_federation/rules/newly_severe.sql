SELECT person, certified_on FROM cards
WHERE status = 'valid' AND grade IN ('1', '2') AND certified_on > $on::DATE - $newly_certified_days::INTEGER
