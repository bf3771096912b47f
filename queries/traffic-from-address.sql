-- title: Traffic from one address
-- description: Where an address sent to: put yours in place of 10.0.0.5
WITH asked (address) AS (VALUES '10.0.0.5')
SELECT
  l.dstaddr,
  l.dstport,
  l.protocol,
  l.action,
  count(*) AS records,
  sum(l.bytes) AS bytes,
  from_unixtime(min(l.start)) AS first_seen,
  from_unixtime(max(l."end")) AS last_seen
FROM vpc_flow_logs l
JOIN asked a ON a.address = l.srcaddr
GROUP BY l.dstaddr, l.dstport, l.protocol, l.action
ORDER BY bytes DESC NULLS LAST, l.dstaddr, l.dstport, l.protocol, l.action
LIMIT 100
