-- title: TCP by source
-- description: The 50 sources with the most TCP bytes, and how widely each reached
SELECT
  srcaddr,
  count(DISTINCT dstaddr) AS destinations,
  count(DISTINCT dstport) AS ports,
  sum(packets) AS packets,
  sum(bytes) AS bytes
FROM vpc_flow_logs
WHERE protocol = 6
GROUP BY srcaddr
ORDER BY bytes DESC NULLS LAST, srcaddr
LIMIT 50
