-- rows: persons * 3 // 100
-- Stopped within the month or long ago, for a reason that counts, for one that does not, for none.
SELECT person(n) AS person, person(n) AS head, village(n) AS village,
    CASE WHEN n % 50 = 0 THEN 'stopped' WHEN n % 50 = 1 THEN 'leaving' ELSE 'active' END AS status,
    1 + n % 4 AS members, 45000 AS monthly_amount, day(700) AS since,
    CASE WHEN n % 50 = 1 THEN day(90) END AS leaving_since,
    CASE WHEN n % 50 = 0 THEN day(n // 50 % 62) END AS stopped_on,
    CASE WHEN n % 50 = 0
        THEN ['income', 'property', 'death', 'moved', 'own_wish', 'other', NULL][1 + n // 50 % 7] END
        AS stopped_for,
    n
FROM rows
