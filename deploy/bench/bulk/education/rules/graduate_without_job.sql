SELECT person, graduated_on, CASE outcome WHEN 'unemployed' THEN '未就业' ELSE '未摸排' END AS outcome
FROM graduates
WHERE graduated_on <= $on::DATE - $graduate_job_days::INTEGER AND outcome IN ('unemployed', 'unasked')
