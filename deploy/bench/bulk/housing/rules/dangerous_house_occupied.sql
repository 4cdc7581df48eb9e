SELECT person, max(grade) AS grade, count(*) AS houses, max(appraised_on) AS appraised_on FROM appraisals
WHERE grade IN ('C', 'D') AND coalesce(occupied, true) GROUP BY person
