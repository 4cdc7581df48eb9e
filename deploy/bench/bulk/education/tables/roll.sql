-- rows: persons * 17 // 100
WITH aged AS (SELECT n, 3 + n * 37 % 5200 // 365 AS age FROM rows WHERE n % 500 > 0)
SELECT person(6 * n + 1) AS person, village(6 * n + 1) AS village,
    CASE WHEN age < 6 THEN 'kindergarten' WHEN age < 12 THEN 'primary' WHEN age < 15 THEN 'junior'
         ELSE ['senior', 'vocational', 'technical', 'college'][1 + n % 4] END AS stage,
    CASE n % 500 WHEN 1 THEN 'suspended' WHEN 2 THEN 'left' WHEN 3 THEN 'in_transfer' WHEN 4 THEN 'graduated'
         ELSE 'studying' END AS status,
    n % 3 = 0 AS boarding, CASE WHEN n % 50 = 7 THEN '430400' ELSE '430426' END AS county, n
FROM aged
