-- rows: persons * 3 // 100
SELECT person(33 * n) AS person, village(33 * n) AS village,
    ['visual', 'hearing', 'physical', 'intellectual', 'mental'][1 + n % 5] AS category, (1 + n % 4)::VARCHAR AS grade,
    CASE n % 200 WHEN 0 THEN 'expired' WHEN 1 THEN 'frozen' WHEN 2 THEN 'cancelled' ELSE 'valid' END AS status,
    CASE WHEN n % 300 = 4 THEN day(n // 300 % 60) ELSE day(400 + n % 3000) END AS certified_on, n
FROM rows
