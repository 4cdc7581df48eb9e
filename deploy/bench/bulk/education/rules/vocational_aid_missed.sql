WITH cut AS (SELECT $on::DATE - $aid_due_days::INTEGER AS day), term AS (
    SELECT CASE WHEN month(day) BETWEEN 2 AND 8 THEN make_date(year(day), 2, 1)
        ELSE make_date(year(day) - (month(day) < 9)::INTEGER, 9, 1) END AS begins FROM cut
)
SELECT person, CASE stage WHEN 'kindergarten' THEN '学前教育' WHEN 'primary' THEN '小学' WHEN 'junior' THEN '初中' WHEN 'senior' THEN '普通高中'
        WHEN 'vocational' THEN '中职' WHEN 'technical' THEN '技工' WHEN 'college' THEN '高职高专' WHEN 'bachelor' THEN '本科'
        WHEN 'graduate' THEN '研究生' END AS stage,
    CASE aided_as WHEN 'monitored' THEN '监测对象' WHEN 'ex_poor' THEN '脱贫户' WHEN 'minimum_living' THEN '低保' WHEN 'destitute' THEN '特困'
        WHEN 'disabled' THEN '残疾' WHEN 'orphan' THEN '孤儿' WHEN 'unattended' THEN '事实无人抚养儿童' WHEN 'other' THEN '其他困难' END AS category
FROM roll JOIN aid_list USING (person)
WHERE status = 'studying' AND stage IN ('vocational', 'technical', 'college') AND aided_as IN ('monitored', 'ex_poor')
    AND listed_on <= $on::DATE - $aid_due_days::INTEGER AND person NOT IN (
        SELECT person FROM vocational_aid_within, term WHERE paid_on >= begins)
