SELECT e.person, ended_on, CASE status WHEN 'returned' THEN '返乡未就业' ELSE '失业' END AS status,
    CASE ability WHEN 'ordinary' THEN '普通劳动力' WHEN 'skilled' THEN '技能劳动力' WHEN 'weak' THEN '弱劳动力或半劳动力'
        ELSE '未登记' END AS ability
FROM employment AS e LEFT JOIN labour AS l ON l.person = e.person
WHERE status IN ('returned', 'unemployed')
    AND (ended_on IS NULL OR ended_on <= $on::DATE - $returned_days::INTEGER)
    AND coalesce(ability, '') NOT IN ('lost', 'none')
    AND NOT EXISTS (FROM posts AS p WHERE p.person = e.person AND (left_on IS NULL OR left_on > $on))
