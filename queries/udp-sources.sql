-- title: UDP by source
-- description: The 50 sources with the most UDP records
SELECT
  srcaddr,
  count(*) AS records,
  count(DISTINCT dstaddr) AS destinations,
  count(DISTINCT dstport) AS ports,
  sum(bytes) AS bytes
FROM vpc_flow_logs
WHERE protocol = 17
GROUP BY srcaddr
ORDER BY records DESC, srcaddr
LIMIT 50
