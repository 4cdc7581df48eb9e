SELECT person, CASE status WHEN 'suspended' THEN '暂停参保' ELSE '未参保' END AS status
FROM insured WHERE status <> 'insured'
