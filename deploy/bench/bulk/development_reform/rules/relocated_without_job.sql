SELECT householder AS person, count(*) FILTER (labour AND coalesce(willing, true)) AS able,
    count(*) FILTER (labour AND coalesce(willing, true) AND employed IS NULL) AS not_told
FROM relocated_persons GROUP BY householder
HAVING count(*) FILTER (labour AND coalesce(willing, true)) > 0 AND count(*) FILTER (employed) = 0
