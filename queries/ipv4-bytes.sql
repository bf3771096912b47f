-- title: IPv4 bytes
-- description: All bytes over IPv4, by the field type or, where the log lacks it, by the look of the address
SELECT
  sum(bytes) AS total_bytes,
  sum(packets) AS total_packets,
  count(*) AS records
FROM vpc_flow_logs
WHERE coalesce(type, CASE WHEN strpos(srcaddr, ':') > 0 THEN 'IPv6' ELSE 'IPv4' END) = 'IPv4' AND srcaddr IS NOT NULL
