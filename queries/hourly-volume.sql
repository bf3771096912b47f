-- title: Volume by the hour
-- description: Records, rejects, packets and bytes of each hour (UTC) by the start of the records
SELECT
  date_format(from_unixtime(start), '%Y-%m-%d %H:00') AS hour,
  count(*) AS records,
  count_if(action = 'REJECT') AS rejected,
  sum(packets) AS packets,
  sum(bytes) AS bytes
FROM vpc_flow_logs
WHERE log_status = 'OK'
GROUP BY 1
ORDER BY hour
