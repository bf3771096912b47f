-- One row: a network, down to a single address, that the inventory gives to an ENI, a subnet or a VPC.
WITH networks AS (
  SELECT i.interface_id, i.subnet_id, i.vpc_id, t.network
  FROM inventory_interfaces i
  CROSS JOIN UNNEST(i.addresses) AS t (network)
  UNION ALL
  SELECT i.interface_id, i.subnet_id, i.vpc_id, t.network
  FROM inventory_interfaces i
  CROSS JOIN UNNEST(i.prefixes) AS t (network)
  UNION ALL
  SELECT NULL, s.subnet_id, s.vpc_id, t.network
  FROM subnets s
  CROSS JOIN UNNEST(s.networks) AS t (network)
  UNION ALL
  SELECT NULL, NULL, v.vpc_id, t.network
  FROM vpcs v
  CROSS JOIN UNNEST(v.networks) AS t (network)
)
SELECT
  interface_id,
  subnet_id,
  vpc_id,
  address_key(split_part(network, '/', 1)) AS first_key,
  CASE
    WHEN strpos(network, '/') > 0 THEN CAST(split_part(network, '/', 2) AS integer)
    WHEN strpos(network, ':') > 0 THEN 128
    ELSE 32
  END AS prefix_length
FROM networks
