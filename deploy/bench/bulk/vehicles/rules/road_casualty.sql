SELECT person, max(happened_on) AS happened_on,
    CASE arg_max(grade, happened_on::VARCHAR || grade) WHEN 'dead' THEN '死亡' ELSE '重伤' END AS grade
FROM casualties
WHERE grade IN ('dead', 'grave') AND happened_on > $on::DATE - $accident_warning_days::INTEGER
GROUP BY person
