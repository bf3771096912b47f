-- title: What one network sent, and where to
-- description: The 15 destinations that a network's addresses sent the most bytes to: put yours in place of 10.0.0.0/16
SELECT
  dstaddr,
  sum(bytes) AS bytes,
  count(DISTINCT srcaddr) AS sources
FROM vpc_flow_logs
WHERE contains('10.0.0.0/16', try_cast(srcaddr AS ipaddress))
GROUP BY dstaddr
ORDER BY bytes DESC NULLS LAST, dstaddr
LIMIT 15
