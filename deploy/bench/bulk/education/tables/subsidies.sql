-- rows: persons // 200
-- One payment a term, in one of its months; one of eighty-three gets none.
WITH paid AS (SELECT n, 6 * n + back() AS aided FROM rows)
SELECT concat('V', back(), '-', n) AS voucher, person(30 * aided + 1) AS person, 'boarding' AS item,
    50000 AS amount, day(n % 25) AS paid_on, n
FROM paid WHERE aided % 83 > 0
