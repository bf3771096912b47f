-- title: Traffic by direction
-- description: What each VPC took in and sent out, accepted and rejected (version 5 fields)
SELECT
  vpc_id,
  flow_direction,
  action,
  count(*) AS records,
  sum(packets) AS packets,
  sum(bytes) AS bytes
FROM vpc_flow_logs
WHERE flow_direction IS NOT NULL
GROUP BY vpc_id, flow_direction, action
ORDER BY vpc_id, flow_direction, action
