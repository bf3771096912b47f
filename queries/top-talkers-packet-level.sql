-- title: Top talkers by the packet's own addresses
-- description: The 50 addresses with the most bytes behind NAT gateways and other middle boxes (version 3 fields)
WITH ends AS ( -- one row: one side of a record
  SELECT pkt_srcaddr AS address, bytes AS sent, 0 AS received FROM vpc_flow_logs
  UNION ALL
  SELECT pkt_dstaddr, 0, bytes FROM vpc_flow_logs
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
