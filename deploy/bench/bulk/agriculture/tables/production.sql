-- rows: persons // 5
SELECT person(4 * (n // 2)) AS person, village(4 * (n // 2)) AS village, ['水稻', '油茶'][1 + n % 2] AS product,
    ['crop', 'orchard'][1 + n % 2] AS kind, (n % 50) / 10 AS area, n % 30 AS stock,
    CASE n % 2000 WHEN 0 THEN 'failed' WHEN 1 THEN 'stopped' WHEN 2 THEN 'reduced' ELSE 'running' END AS state, n
FROM rows
