-- rows: persons // 1000
SELECT person(6 * (500 * n) + 1) AS person, village(6 * (500 * n) + 1) AS village,
    ['never_enrolled', 'dropped_out', 'on_leave', 'deferred'][1 + n % 4] AS kind,
    ['health', 'unwilling', 'work', 'poverty', 'marriage', 'other', 'unsaid'][1 + n // 2 % 7] AS reason,
    [true, false, NULL][1 + n // 14 % 3] AS health_record, day(n % 900) AS since,
    CASE WHEN n % 5 > 0 THEN 3 END AS helpers, CASE WHEN n % 4 > 0 THEN n % 9 END AS visits,
    CASE WHEN n % 3 = 1 THEN day(10) END AS returned_on, n
FROM rows
