SELECT person, CASE ability WHEN 'partly' THEN '半失能' ELSE '失能' END AS ability,
    CASE WHEN care_agreement IS NULL THEN '未登记' ELSE '无' END AS agreement
FROM destitute
WHERE support = 'at_home' AND ability <> 'able' AND NOT coalesce(care_agreement, false)
