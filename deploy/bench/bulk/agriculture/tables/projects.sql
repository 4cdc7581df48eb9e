-- rows: greatest(200, persons // 1000)
SELECT village(n) AS region, concat('P', n) AS project,
    CASE n % 100 WHEN 0 THEN 'failed' WHEN 1 THEN 'stopped' WHEN 2 THEN 'poor' ELSE 'running' END AS state,
    CASE WHEN n % 100 = 0 THEN day(40) END AS failed_on, n % 60 AS households, n
FROM rows
