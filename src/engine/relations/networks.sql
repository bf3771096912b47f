-- One row: a network that has records, and over which interval its packets were summed to records, in seconds: what the inventory says of
-- its flow log, else learnt: in one of a minute hardly a record lasts longer. first_seen and last_seen: Unix seconds.
WITH told AS (
  SELECT resource_id AS network, max(max_aggregation_interval) AS aggregation_interval
  FROM flow_log_configurations
  GROUP BY resource_id
),
seen AS (
  SELECT
    coalesce(i.network, p.vpc_id, p.account_id || '/' || p.region, p.account_id, '') AS network,
    count(DISTINCT p.interface_id) AS interfaces,
    min(p.first_seen) AS first_seen,
    max(p.last_seen) AS last_seen,
    sum(p.records) AS records,
    sum(p.long_records) AS long_records
  FROM paths p
  LEFT JOIN interfaces i ON i.interface_id = p.interface_id
  WHERE p.log_status = 'OK'
  GROUP BY coalesce(i.network, p.vpc_id, p.account_id || '/' || p.region, p.account_id, '')
)
SELECT
  s.network,
  coalesce(t.aggregation_interval, CASE WHEN 1000 * s.long_records > s.records THEN 600 ELSE 60 END) AS aggregation_interval,
  s.interfaces,
  s.first_seen,
  s.last_seen,
  s.records
FROM seen s
LEFT JOIN told t ON t.network = s.network
