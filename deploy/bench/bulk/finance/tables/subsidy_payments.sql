-- rows: persons // 4
-- Four payments a household; one of fifty came back, and half of these were sent again.
SELECT concat('B', n) AS voucher, person(4 * (n // 4)) AS person, village(4 * (n // 4)) AS village,
    8000 + n % 37 * 500 AS amount, day(n % 691) AS sent_on,
    CASE WHEN n % 100 IN (48, 49, 50) THEN 'returned' WHEN n % 100 IN (17, 51) THEN 'paid_again' ELSE 'paid' END
        AS state, n
FROM rows
