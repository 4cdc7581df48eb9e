-- rows: persons // 250
-- Two accidents a person, a week apart: this year, last year, just in time and just too late.
SELECT concat('S', n) AS accident, person(60 * (n - n % 2) + 3) AS person, village(60 * (n - n % 2) + 3) AS village,
    day(7 * n % 701) AS happened_on, ['slight', 'grave', 'dead', 'slight', 'slight'][1 + n % 5] AS grade, n
FROM rows
