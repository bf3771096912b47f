-- title: Top subnets
-- description: The 50 subnets with the most bytes through their interfaces (version 3 fields)
SELECT
  vpc_id,
  subnet_id,
  sum(bytes) AS total_bytes,
  sum(packets) AS total_packets,
  count(DISTINCT interface_id) AS interfaces
FROM vpc_flow_logs
WHERE subnet_id IS NOT NULL
GROUP BY vpc_id, subnet_id
ORDER BY total_bytes DESC NULLS LAST, subnet_id
LIMIT 50
