SELECT person, since, CASE shortage WHEN 'short' THEN '没有' ELSE '已启动' END AS supply
FROM water_users JOIN shortages USING (point)
WHERE shortage <> 'over' AND since <= $on::DATE - $shortage_warning_days::INTEGER
