-- title: Top talkers
-- description: The 50 addresses with the most bytes sent and received, as the interfaces logged them
WITH ends AS ( -- one row: one side of a record
  SELECT srcaddr AS address, bytes AS sent, 0 AS received FROM vpc_flow_logs
  UNION ALL
  SELECT dstaddr, 0, bytes FROM vpc_flow_logs
)
SELECT
  address,
  sum(sent + received) AS total_bytes,
  sum(sent) AS sent_bytes,
  sum(received) AS received_bytes
FROM ends
WHERE address IS NOT NULL
GROUP BY address
ORDER BY total_bytes DESC, address
LIMIT 50
