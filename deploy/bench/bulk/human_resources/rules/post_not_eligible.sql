WITH judged AS (
    SELECT p.person, CASE WHEN l.ability IN ('lost', 'none') THEN '没有劳动能力，不能履行岗位职责'
        WHEN e.person IS NOT NULL THEN '已在县外务工，不在岗'
        WHEN p.hired_on + to_months(p.term_months) <= $on THEN '聘期届满' END AS reason
    FROM posts AS p LEFT JOIN labour AS l ON l.person = p.person
    LEFT JOIN employment AS e ON e.person = p.person AND e.status IN ('working', 'flexible')
        AND e.workplace IN ('province', 'beyond')
    WHERE p.left_on IS NULL OR p.left_on > $on
)
SELECT person, min(reason) AS reason FROM judged WHERE reason IS NOT NULL GROUP BY person
