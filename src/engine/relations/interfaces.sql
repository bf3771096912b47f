-- One row: an ENI (network interface), the network it stands in and the addresses that are its own. Where its records have no VPC,
-- the inventory's settles the network.
WITH own AS (
  SELECT interface_id, array_agg(address) AS addresses
  FROM interface_addresses
  GROUP BY interface_id
),
known AS (
  SELECT
    interface_id,
    max(account_id) AS account_id,
    max(region) AS region,
    max(vpc_id) AS vpc_id,
    max(subnet_id) AS subnet_id,
    max(instance_id) AS instance_id,
    min(first_seen) AS first_seen,
    max(last_seen) AS last_seen,
    sum(records) AS records
  FROM paths
  WHERE interface_id IS NOT NULL
  GROUP BY interface_id
)
SELECT
  k.interface_id,
  k.account_id,
  coalesce(k.region, e.region) AS region,
  coalesce(k.vpc_id, e.vpc_id) AS vpc_id,
  coalesce(k.subnet_id, e.subnet_id) AS subnet_id,
  coalesce(k.instance_id, e.instance_id) AS instance_id,
  coalesce(k.vpc_id, e.vpc_id, k.account_id || '/' || k.region, k.account_id, '') AS network,
  o.addresses,
  k.first_seen,
  k.last_seen,
  k.records
FROM known k
LEFT JOIN inventory_interfaces e ON e.interface_id = k.interface_id
LEFT JOIN own o ON o.interface_id = k.interface_id
