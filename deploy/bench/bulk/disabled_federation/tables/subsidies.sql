-- rows: persons // 50
-- Who is severe gets the one for care, but for every fortieth of them.
SELECT person(33 * (n // 2 * 4 + n % 2)) AS person, CASE WHEN n % 40 = 0 THEN 'living' ELSE 'care' END AS kind,
    7000 AS monthly_amount, n
FROM rows
