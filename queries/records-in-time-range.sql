-- title: Records of a time range
-- description: What was logged between two moments (UTC): put yours in place of the two literals
SELECT
  to_iso8601(from_unixtime(start)) AS start_time,
  to_iso8601(from_unixtime("end")) AS end_time,
  interface_id,
  srcaddr,
  srcport,
  dstaddr,
  dstport,
  protocol,
  packets,
  bytes,
  action
FROM vpc_flow_logs
WHERE start >= to_unixtime(TIMESTAMP '2024-01-01 00:00:00 UTC') AND start < to_unixtime(TIMESTAMP '2024-01-02 00:00:00 UTC')
ORDER BY start, srcaddr, dstaddr, srcport, dstport
LIMIT 100
