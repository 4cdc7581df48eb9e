-- rows: persons // 200
-- Every fourth is in the register of minimum living too, some of them just stopped: left out.
SELECT person(CASE WHEN n % 4 = 0 THEN n // 4 * 24 ELSE persons() * 3 // 100 + n END) AS person,
    village(n) AS village, CASE WHEN n % 3 = 0 THEN 'institution' ELSE 'at_home' END AS support,
    CASE WHEN n % 40 < 36 THEN 'able' WHEN n % 40 < 39 THEN 'partly' ELSE 'unable' END AS ability,
    [true, true, false, NULL][1 + n // 7 % 4] AS care_agreement, 70000 AS monthly_amount, day(700) AS since, n
FROM rows
