-- title: Bytes between pairs of the packet's own addresses
-- description: The 50 pairs of original source and destination with the most bytes (version 3 fields)
SELECT
  pkt_srcaddr,
  pkt_dstaddr,
  sum(bytes) AS total_bytes,
  sum(packets) AS total_packets
FROM vpc_flow_logs
WHERE pkt_srcaddr IS NOT NULL
GROUP BY pkt_srcaddr, pkt_dstaddr
ORDER BY total_bytes DESC NULLS LAST, pkt_srcaddr, pkt_dstaddr
LIMIT 50
