-- rows: greatest(200, persons // 300)
SELECT concat('S', n) AS point, village(n) AS village, ['works', 'village', 'scattered'][1 + n % 3] AS kind,
    day(n % 2000) AS opened_on, n
FROM rows
