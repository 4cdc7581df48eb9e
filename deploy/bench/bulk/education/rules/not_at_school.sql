WITH excused AS (
    SELECT person FROM dropouts WHERE returned_on IS NULL AND reason = 'health' AND coalesce(health_record, false)
), provided AS (
    SELECT person FROM roll WHERE (status = 'studying' AND stage <> 'kindergarten')
        OR (status = 'graduated' AND stage NOT IN ('kindergarten', 'primary'))
)
SELECT person, CASE r.status WHEN 'studying' THEN '在读学前教育' WHEN 'suspended' THEN '休学'
    WHEN 'graduated' THEN '毕业（未完成初中）' WHEN 'left' THEN '退学' WHEN 'in_transfer' THEN '转出未接收'
    ELSE '无学籍记录' END AS status
FROM school_age LEFT JOIN roll AS r USING (person)
WHERE born <= $on::DATE - to_years($compulsory_school_least)
    AND born > $on::DATE - to_years($compulsory_school_most + 1)
    AND person NOT IN (FROM provided) AND person NOT IN (FROM excused)
