-- rows: persons
SELECT person(n) AS person, village(n) AS village, year(last()) AS year, 'resident' AS scheme,
    CASE WHEN n % 2000 = 0 THEN 'uninsured' WHEN n % 8000 = 1 THEN 'suspended' ELSE 'insured' END AS status,
    32000 AS premium, date_trunc('year', last()) AS insured_on, n
FROM rows
