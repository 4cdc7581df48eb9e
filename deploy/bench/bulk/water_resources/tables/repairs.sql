-- rows: greatest(20, persons // 3000)
SELECT concat('S', 10 * n + 5) AS point, village(n) AS village, day(n % 13) AS reported_on,
    CASE n % 20 WHEN 8 THEN 'waiting' WHEN 9 THEN 'under_way' ELSE 'done' END AS repair, n
FROM rows
