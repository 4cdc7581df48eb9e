-- rows: persons * 3 // 10
WITH working AS (SELECT n, n // 2 AS household, n // 2 * 4 + n % 2 AS number FROM rows)
SELECT person(number) AS person, village(number) AS village,
    CASE WHEN household % 200 < 2 THEN ['returned', 'unemployed'][1 + n % 2] WHEN n % 5 = 0 THEN 'flexible'
         ELSE 'working' END AS status,
    ['county', 'province', 'beyond', NULL][1 + n % 4] AS workplace,
    CASE WHEN household % 200 = 0 THEN day(household // 200 % 90) END AS ended_on, n
FROM working
