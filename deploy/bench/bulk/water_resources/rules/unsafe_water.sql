WITH newest AS (SELECT point, arg_max(passed, tested_on) AS passed, max(tested_on) AS tested_on FROM water_tests GROUP BY point)
SELECT person, tested_on, '不合格' AS result FROM water_users JOIN newest USING (point) WHERE NOT passed
