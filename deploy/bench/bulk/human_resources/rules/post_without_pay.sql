SELECT person, min(hired_on) AS hired_on FROM posts
WHERE (left_on IS NULL OR left_on > $on) AND hired_on <= $on::DATE - $first_wage_days::INTEGER
    AND person NOT IN (SELECT person FROM post_wages)
GROUP BY person
