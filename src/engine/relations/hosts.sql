-- One row: an address in one network, as flows name it: '' for public addresses, so that h.address = f.client AND
-- h.network = f.client_network finds it. Which ENI has it is said by the inventory: within the same VPC, for a public address
-- anywhere. An address that lies in no network of its VPC came through a peering or a transit gateway: it is the ENI's that alone
-- has it elsewhere. Without an inventory it is the ENI whose own address it was learnt to be.
-- records: how many have it at either end; first_seen and last_seen: Unix seconds.
WITH ends AS ( -- one row: an address at one end of an ENI's records
  SELECT srcaddr AS address, interface_id, vpc_id, account_id, region, first_seen, last_seen, records
  FROM paths
  WHERE log_status = 'OK'
  UNION ALL
  SELECT dstaddr, interface_id, vpc_id, account_id, region, first_seen, last_seen, records
  FROM paths
  WHERE log_status = 'OK'
  UNION ALL
  SELECT pkt_srcaddr, interface_id, vpc_id, account_id, region, first_seen, last_seen, records
  FROM paths
  WHERE log_status = 'OK' AND pkt_srcaddr <> srcaddr
  UNION ALL
  SELECT pkt_dstaddr, interface_id, vpc_id, account_id, region, first_seen, last_seen, records
  FROM paths
  WHERE log_status = 'OK' AND pkt_dstaddr <> dstaddr
),
seen AS ( -- one row: an address in one network
  SELECT
    a.address,
    a.address_key,
    CASE WHEN a.scope = 'public' THEN '' ELSE coalesce(i.network, e.vpc_id, e.account_id || '/' || e.region, e.account_id, '') END AS network,
    a.scope,
    a.own,
    min(e.first_seen) AS first_seen,
    max(e.last_seen) AS last_seen,
    sum(e.records) AS records
  FROM ends e
  JOIN addresses a ON a.address = e.address
  LEFT JOIN interfaces i ON i.interface_id = e.interface_id
  GROUP BY 1, 2, 3, 4, 5
),
lengths AS (
  SELECT DISTINCT prefix_length
  FROM inventory_networks
),
placed AS ( -- one row: a host within something that the inventory knows; rank: the longest prefix is the greatest
  SELECT
    s.address,
    s.network,
    n.vpc_id,
    n.subnet_id,
    n.interface_id,
    s.network = n.vpc_id OR s.network = '' AND (n.interface_id IS NOT NULL OR strpos(s.address, ':') > 0) AS here,
    lpad(CAST(n.prefix_length AS varchar), 3, '0') AS rank
  FROM seen s
  CROSS JOIN lengths l
  JOIN inventory_networks n ON n.prefix_length = l.prefix_length AND n.first_key = address_prefix(s.address_key, l.prefix_length)
),
judged AS (
  SELECT
    address,
    network,
    substr(max(CASE WHEN here THEN rank || interface_id END), 4) AS interface_id,
    substr(max(CASE WHEN here THEN rank || subnet_id END), 4) AS subnet_id,
    substr(max(CASE WHEN here THEN rank || vpc_id END), 4) AS vpc_id,
    bool_or(here) AS inside,
    min(CASE WHEN NOT here THEN interface_id END) AS elsewhere,
    count(DISTINCT CASE WHEN NOT here THEN interface_id END) AS elsewheres
  FROM placed
  GROUP BY address, network
),
learnt AS ( -- one row: a host that is one ENI's own address, as the logs show
  SELECT a.address, CASE WHEN a.scope = 'public' THEN '' ELSE i.network END AS network, min(i.interface_id) AS interface_id
  FROM interfaces i
  CROSS JOIN UNNEST(i.addresses) AS t (address)
  JOIN addresses a ON a.address = t.address
  GROUP BY 1, 2
  HAVING count(*) = 1
),
known AS (
  SELECT
    s.address,
    s.network,
    coalesce(j.interface_id, CASE WHEN NOT j.inside AND j.elsewheres = 1 AND v.vpc_id IS NOT NULL THEN j.elsewhere END, l.interface_id)
      AS interface_id,
    j.subnet_id,
    j.vpc_id
  FROM seen s
  LEFT JOIN judged j ON j.address = s.address AND j.network = s.network
  LEFT JOIN learnt l ON l.address = s.address AND l.network = s.network
  LEFT JOIN vpcs v ON v.vpc_id = s.network AND cardinality(v.networks) > 0
)
SELECT
  s.address,
  s.address_key,
  s.network,
  s.scope,
  s.own,
  s.first_seen,
  s.last_seen,
  s.records,
  k.interface_id,
  coalesce(e.instance_id, i.instance_id) AS instance_id,
  e.name,
  e.tags,
  coalesce(e.vpc_id, k.vpc_id, i.vpc_id) AS vpc_id,
  coalesce(e.subnet_id, k.subnet_id, i.subnet_id) AS subnet_id,
  coalesce(e.account_id, i.account_id, v.account_id) AS account_id,
  coalesce(e.region, i.region, n.region) AS region,
  r.service AS aws_service,
  r.region AS aws_region,
  o.asn,
  o.as_name,
  o.country,
  l.lists
FROM seen s
JOIN known k ON k.address = s.address AND k.network = s.network
LEFT JOIN inventory_interfaces e ON e.interface_id = k.interface_id
LEFT JOIN interfaces i ON i.interface_id = k.interface_id
LEFT JOIN vpcs v ON v.vpc_id = k.vpc_id
LEFT JOIN subnets n ON n.subnet_id = k.subnet_id
LEFT JOIN address_ranges r ON r.address = s.address
LEFT JOIN address_origins o ON o.address = s.address
LEFT JOIN address_lists l ON l.address = s.address
