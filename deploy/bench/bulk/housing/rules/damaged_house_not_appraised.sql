SELECT person, max(happened_on) AS happened_on,
    CASE min(damage) WHEN 'collapsed' THEN '倒塌' ELSE '严重损坏' END AS damage
FROM damaged_houses AS d
WHERE damage IN ('collapsed', 'severe') AND happened_on >= $on::DATE - $damage_warning_days::INTEGER
    AND NOT EXISTS (FROM appraisals AS a WHERE a.house = d.house AND a.appraised_on >= d.happened_on)
GROUP BY person
