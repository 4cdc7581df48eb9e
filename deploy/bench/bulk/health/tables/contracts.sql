-- rows: persons // 8
WITH signed AS (SELECT n, n // 2 AS household FROM rows WHERE n // 2 % 60 > 0)
SELECT concat('F', n) AS contract, person(8 * household) AS person, day(300) AS signed_on,
    year(last()) - n % 2 AS year, CASE WHEN n % 997 = 0 THEN day(n % 60) END AS ended_on, n
FROM signed
