WITH jobs AS (
    SELECT person FROM employment WHERE status IN ('working', 'flexible')
    UNION ALL SELECT person FROM posts WHERE left_on IS NULL OR left_on > $on
)
SELECT head AS person, count(*) AS workers FROM labour
WHERE standing IN ('monitored', 'ex_poor') AND ability IN ('ordinary', 'skilled', 'weak')
    AND coalesce(wants_work, true)
    AND head NOT IN (SELECT head FROM labour WHERE person IN (SELECT person FROM jobs))
GROUP BY head
