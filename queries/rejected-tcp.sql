-- title: Rejected TCP
-- description: The newest hundred rejected TCP records, with date and weekday
SELECT
  date,
  day_of_week(date) AS weekday,
  from_unixtime(start) AS time,
  interface_id,
  srcaddr,
  dstaddr,
  dstport,
  packets
FROM vpc_flow_logs
WHERE action = 'REJECT' AND protocol = 6
ORDER BY start DESC, srcaddr, dstaddr, dstport
LIMIT 100
