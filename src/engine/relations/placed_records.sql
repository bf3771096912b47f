-- One row: a record of status OK, and what its path says of it (placed_paths). A record's own columns tell its path.
SELECT
  r.*,
  p.src,
  p.dst,
  p.network,
  p.direction,
  p.at_translation,
  p.src_key,
  p.dst_key,
  p.src_scope,
  p.dst_scope,
  p.src_own,
  p.dst_own,
  p.src_network,
  p.dst_network,
  p.counted,
  p.hears,
  p.pair_id,
  p.forward
FROM records r
JOIN placed_paths p
  ON coalesce(p.interface_id, '') = coalesce(r.interface_id, '')
  AND coalesce(p.srcaddr, '') = coalesce(r.srcaddr, '')
  AND coalesce(p.dstaddr, '') = coalesce(r.dstaddr, '')
  AND coalesce(p.flow_direction, '') = coalesce(r.flow_direction, '')
  AND coalesce(p.pkt_srcaddr, '') = coalesce(r.pkt_srcaddr, '')
  AND coalesce(p.pkt_dstaddr, '') = coalesce(r.pkt_dstaddr, '')
  AND coalesce(p.account_id, '') = coalesce(r.account_id, '')
  AND coalesce(p.region, '') = coalesce(r.region, '')
  AND coalesce(p.vpc_id, '') = coalesce(r.vpc_id, '')
WHERE r.log_status = 'OK' OR r.log_status IS NULL
