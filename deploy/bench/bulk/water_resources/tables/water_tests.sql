-- rows: greatest(200, persons // 300) * 4
-- One point of two hundred failed last, one was not tested for long, one never.
WITH tested AS (SELECT n, n // 4 AS point FROM rows WHERE n // 4 % 200 <> 8)
SELECT concat('S', point) AS point, village(point) AS village,
    day(n % 4 * 90 + n // 4 % 60 + CASE WHEN point % 200 = 7 THEN 200 ELSE 0 END) AS tested_on,
    point % 200 <> 1 OR n % 4 > 0 AS passed, n
FROM tested
