-- title: Bytes between pairs of addresses
-- description: The 50 pairs of source and destination with the most bytes
SELECT
  srcaddr,
  dstaddr,
  sum(bytes) AS total_bytes,
  sum(packets) AS total_packets
FROM vpc_flow_logs
WHERE srcaddr IS NOT NULL
GROUP BY srcaddr, dstaddr
ORDER BY total_bytes DESC NULLS LAST, srcaddr, dstaddr
LIMIT 50
