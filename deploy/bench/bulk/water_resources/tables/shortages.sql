-- rows: greatest(20, persons // 3000)
SELECT concat('S', 10 * n + 3) AS point, village(n) AS village, day(n * 7 % 30) AS since,
    CASE n % 20 WHEN 1 THEN 'short' WHEN 2 THEN 'emergency' ELSE 'over' END AS shortage, n
FROM rows
