-- title: Accepted TCP
-- description: The 50 services with the most bytes that security groups and network ACLs let in or out
SELECT
  dstaddr,
  dstport,
  count(*) AS records,
  count(DISTINCT srcaddr) AS sources,
  sum(packets) AS packets,
  sum(bytes) AS bytes
FROM vpc_flow_logs
WHERE action = 'ACCEPT' AND protocol = 6
GROUP BY dstaddr, dstport
ORDER BY bytes DESC NULLS LAST, dstaddr, dstport
LIMIT 50
