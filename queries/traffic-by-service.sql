-- title: Traffic with AWS services
-- description: Bytes to and from each AWS service, by the way that the traffic takes (version 5 fields)
SELECT
  coalesce(pkt_dst_aws_service, pkt_src_aws_service) AS service,
  flow_direction,
  traffic_path,
  count(*) AS records,
  sum(bytes) AS bytes
FROM vpc_flow_logs
WHERE pkt_dst_aws_service IS NOT NULL OR pkt_src_aws_service IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY bytes DESC NULLS LAST, service, flow_direction, traffic_path
