-- One row: how the records of one ENI name two addresses in one direction, and how often. NODATA and SKIPDATA name none.
-- A record's own columns tell it apart, so that what is said of a path is said of each of its records.
-- long_records: those that last longer than an aggregation interval of a minute can.
SELECT
  interface_id,
  account_id,
  region,
  vpc_id,
  flow_direction,
  srcaddr,
  dstaddr,
  pkt_srcaddr,
  pkt_dstaddr,
  coalesce(log_status, 'OK') AS log_status,
  max(subnet_id) AS subnet_id,
  max(instance_id) AS instance_id,
  min("start") AS first_seen,
  max("end") AS last_seen,
  count(*) AS records,
  sum(CASE WHEN "end" - "start" > 90 THEN 1 ELSE 0 END) AS long_records
FROM records
GROUP BY
  interface_id, account_id, region, vpc_id, flow_direction, srcaddr, dstaddr, pkt_srcaddr, pkt_dstaddr, coalesce(log_status, 'OK')
