-- rows: persons // 200
WITH paid AS (SELECT n, 6 * n + back() AS aided FROM rows)
SELECT concat('Y', back(), '-', n) AS voucher, person(30 * aided + 1) AS person, 150000 AS amount,
    day(n % 25) AS paid_on, n
FROM paid WHERE aided % 3 > 0
