WITH newest AS (SELECT point, max(tested_on) AS tested_on FROM water_tests GROUP BY point)
SELECT person, tested_on, opened_on
FROM water_users JOIN supply_points AS s USING (point) LEFT JOIN newest USING (point)
WHERE s.kind <> 'works' AND coalesce(tested_on, opened_on) < $on::DATE - to_months($water_test_months)
