-- One row: an address that stands on lists of known-bad or known-good ones, by itself or by its network.
WITH lengths AS (
  SELECT DISTINCT prefix_length
  FROM listed_networks
),
listed AS (
  SELECT DISTINCT a.address, n.list
  FROM address_scopes a
  CROSS JOIN lengths l
  JOIN listed_networks n ON n.prefix_length = l.prefix_length AND n.first_key = address_prefix(a.address_key, l.prefix_length)
)
SELECT address, array_agg(list ORDER BY list) AS lists
FROM listed
GROUP BY address
