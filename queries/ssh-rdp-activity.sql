-- title: SSH and RDP activity
-- description: Every record with port 22 or 3389 on either side, the newest first
SELECT
  from_unixtime(start) AS time,
  interface_id,
  srcaddr,
  srcport,
  dstaddr,
  dstport,
  action,
  packets,
  bytes
FROM vpc_flow_logs
WHERE srcport IN (22, 3389) OR dstport IN (22, 3389)
ORDER BY start DESC, srcaddr, dstaddr, srcport, dstport
LIMIT 100
