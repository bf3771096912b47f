-- title: What goes through NAT gateways
-- description: The 25 hosts and peers with the most bytes through a translating interface, counted on the hosts' side (version 3 fields)
WITH translated AS ( -- one row: a record between a host and the gateway, whose packet has its other end elsewhere
  SELECT interface_id, srcaddr AS host, pkt_dstaddr AS peer, bytes AS sent, 0 AS received
  FROM vpc_flow_logs
  WHERE instance_id IS NULL AND pkt_dstaddr <> dstaddr
  UNION ALL
  SELECT interface_id, dstaddr, pkt_srcaddr, 0, bytes
  FROM vpc_flow_logs
  WHERE instance_id IS NULL AND pkt_srcaddr <> srcaddr
)
SELECT
  interface_id,
  host,
  peer,
  sum(sent) AS sent_bytes,
  sum(received) AS received_bytes,
  sum(sent + received) AS total_bytes
FROM translated
GROUP BY interface_id, host, peer
ORDER BY total_bytes DESC NULLS LAST, interface_id, host, peer
LIMIT 25
