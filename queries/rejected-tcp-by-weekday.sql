-- title: Rejected TCP by day of the week
-- description: What was rejected on each day from Monday (1) to Sunday (7), and by how many sources
SELECT
  day_of_week(date) AS weekday,
  count(*) AS records,
  count(DISTINCT srcaddr) AS sources,
  count(DISTINCT interface_id) AS interfaces,
  sum(packets) AS packets
FROM vpc_flow_logs
WHERE action = 'REJECT' AND protocol = 6
GROUP BY day_of_week(date)
ORDER BY weekday
