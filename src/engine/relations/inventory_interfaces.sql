-- One row: an ENI that the inventory knows, by itself or else by the instance that has it, with the instance's name and tags on top.
WITH held AS (
  SELECT i.instance_id, i.vpc_id, i.subnet_id, i.account_id, i.region, i.name, i.tags, t.interface_id, t.addresses
  FROM instances i
  CROSS JOIN UNNEST(i.interfaces) AS t (interface_id, addresses)
)
SELECT
  e.interface_id,
  e.instance_id,
  coalesce(i.name, e.name, nullif(e.description, '')) AS name,
  coalesce(map_concat(e.tags, i.tags), e.tags, i.tags) AS tags,
  e.vpc_id,
  e.subnet_id,
  e.account_id,
  e.region,
  e.addresses,
  e.prefixes
FROM network_interfaces e
LEFT JOIN instances i ON i.instance_id = e.instance_id
UNION ALL
SELECT
  h.interface_id,
  h.instance_id,
  h.name,
  h.tags,
  h.vpc_id,
  h.subnet_id,
  h.account_id,
  h.region,
  h.addresses,
  NULL
FROM held h
LEFT JOIN network_interfaces e ON e.interface_id = h.interface_id
WHERE e.interface_id IS NULL
