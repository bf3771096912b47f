-- title: Rejected traffic
-- description: The 25 pairs of addresses that were rejected most often, with the ports that were tried
SELECT
  srcaddr,
  dstaddr,
  count(*) AS records,
  count(DISTINCT dstport) AS ports,
  min(dstport) AS lowest_port,
  max(dstport) AS highest_port,
  sum(packets) AS packets
FROM vpc_flow_logs
WHERE action = 'REJECT'
GROUP BY srcaddr, dstaddr
ORDER BY records DESC, srcaddr, dstaddr
LIMIT 25
