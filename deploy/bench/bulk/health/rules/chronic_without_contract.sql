SELECT person, count(*) AS illnesses FROM chronic_patients
WHERE person NOT IN (SELECT person FROM contracts
    WHERE year = year($on::DATE) AND signed_on <= $on AND (ended_on IS NULL OR ended_on > $on))
GROUP BY person
