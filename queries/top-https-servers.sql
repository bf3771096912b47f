-- title: Top HTTPS servers of the last seven days
-- description: The ten addresses that were sent the most packets on port 443
SELECT
  dstaddr AS server,
  sum(packets) AS packets,
  sum(bytes) AS bytes,
  count(DISTINCT srcaddr) AS clients
FROM vpc_flow_logs
WHERE dstport = 443 AND date > current_date - INTERVAL '7' DAY
GROUP BY dstaddr
ORDER BY packets DESC, server
LIMIT 10
