-- rows: persons // 100
-- One payment a term: three of its months are read in November.
WITH paid AS (SELECT n, 3 * n + back() AS aided FROM rows)
SELECT concat('Y', back(), '-', n) AS voucher, person(30 * aided + 1) AS person, 150000 AS amount,
    day(n % 25) AS paid_on, n
FROM paid WHERE aided % 5 > 0
