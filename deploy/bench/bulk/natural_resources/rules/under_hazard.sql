SELECT person, max(listed_on) AS listed_on,
    CASE arg_max(level, listed_on::VARCHAR || level) WHEN 'high' THEN '高' WHEN 'middle' THEN '中' ELSE '低' END AS level
FROM hazard_households
WHERE list_contains($hazard_levels, level) AND NOT coalesce(moved, false) GROUP BY person
