-- rows: persons // 100
-- Some lead two that closed some days apart; a change of form is no end, and of some nobody said why.
SELECT concat('M', n) AS entity, person(20 * (n - n % 2) + 1) AS person, village(20 * (n - n % 2) + 1) AS village,
    ['self_employed', 'company', 'cooperative', 'sole_owner', 'partnership'][1 + n % 5] AS kind,
    day(3 * n % 700) AS closed_on, ['gave_up', 'changed', 'revoked', 'other', NULL][1 + n // 3 % 5] AS why, n
FROM rows
