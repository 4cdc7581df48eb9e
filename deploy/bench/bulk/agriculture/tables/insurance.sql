-- rows: persons // 10
-- Two households of three, two products, two years.
SELECT person(4 * (n // 4 + n // 8)) AS person, ['水稻', '油茶'][1 + n // 2 % 2] AS product,
    year(last()) - n % 2 AS year, 2000 AS own_premium, 0 AS subsidised,
    CASE WHEN n // 4 % 5 = 0 THEN 0 ELSE 300000 END AS paid_out, n
FROM rows
