-- title: Lost records by the hour
-- description: Where the log has gaps: SKIPDATA lines of each hour (UTC), each of which may stand for many records
SELECT
  date_trunc('hour', from_unixtime(start)) AS hour,
  count(*) AS gaps,
  count(DISTINCT interface_id) AS interfaces
FROM vpc_flow_logs
WHERE log_status = 'SKIPDATA'
GROUP BY 1
ORDER BY hour
