-- title: Statistics of each network interface
-- description: Records by status, verdicts, bytes and the span of time that each interface was logged
SELECT
  account_id,
  interface_id,
  count_if(log_status = 'OK') AS records,
  count_if(log_status = 'NODATA') AS without_traffic,
  count_if(log_status = 'SKIPDATA') AS with_losses,
  count_if(action = 'REJECT') AS rejected,
  sum(packets) AS packets,
  sum(bytes) AS bytes,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max("end")) AS last_seen
FROM vpc_flow_logs
GROUP BY account_id, interface_id
ORDER BY bytes DESC NULLS LAST, interface_id
