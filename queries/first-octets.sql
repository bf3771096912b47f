-- title: IPv4 sources by their first two octets
-- description: Traffic of each /16 that IPv4 sources stand in, the largest first
SELECT
  split_part(srcaddr, '.', 1) || '.' || split_part(srcaddr, '.', 2) AS first_octets,
  count(*) AS records,
  count(DISTINCT srcaddr) AS sources,
  count_if(action = 'REJECT') AS rejected,
  sum(bytes) AS bytes
FROM vpc_flow_logs
WHERE strpos(srcaddr, '.') > 0 AND strpos(srcaddr, ':') = 0
GROUP BY 1
ORDER BY bytes DESC NULLS LAST, first_octets
LIMIT 50
