-- title: Top instances
-- description: The 50 instances with the most bytes through their interfaces (version 3 fields)
SELECT
  instance_id,
  sum(bytes) AS total_bytes,
  sum(packets) AS total_packets,
  count(*) AS records
FROM vpc_flow_logs
WHERE instance_id IS NOT NULL
GROUP BY instance_id
ORDER BY total_bytes DESC NULLS LAST, instance_id
LIMIT 50
