-- title: Newest conversations
-- description: The last record of each of the 20 newest combinations of addresses, ports and protocol
WITH newest AS ( -- one row: a combination, by its last record
  SELECT srcaddr, srcport, dstaddr, dstport, protocol, max(start) AS start, max_by(bytes, start) AS bytes, max_by(action, start) AS action
  FROM vpc_flow_logs
  WHERE log_status = 'OK'
  GROUP BY srcaddr, srcport, dstaddr, dstport, protocol
)
SELECT
  from_unixtime(start) AS time,
  srcaddr,
  srcport,
  dstaddr,
  dstport,
  protocol,
  bytes,
  action
FROM newest
ORDER BY start DESC, srcaddr, dstaddr, srcport, dstport, protocol
LIMIT 20
