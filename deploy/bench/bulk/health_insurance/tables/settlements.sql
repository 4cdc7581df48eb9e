-- rows: persons * 17 // 100
-- A heavy claim exceeds the line by itself; ordinary ones add up to it for nobody, as a rule.
WITH claims AS (
    SELECT n, hash(n, back()) AS h, n % 1400 = 0 AS heavy FROM rows
), amounts AS (
    SELECT n, h,
        CASE WHEN heavy THEN 550000 + (h // 7 % 2000000) ELSE 5000 + (h // 7 % 45000) END::BIGINT AS own,
        CASE WHEN heavy THEN 3000000 ELSE 20000 + (h // 11 % 500000) END::BIGINT AS basic
    FROM claims
)
SELECT concat('C', back(), '-', n) AS claim, person(h % persons()) AS person, day(h % 28) AS settled_on,
    CASE h % 3 WHEN 0 THEN 'inpatient' WHEN 1 THEN 'chronic' ELSE 'outpatient' END AS kind,
    (own + basic) * 11 // 10 AS total, own + basic AS in_scope, basic, 0 AS serious, 0 AS aid, basic AS paid, n
FROM amounts
