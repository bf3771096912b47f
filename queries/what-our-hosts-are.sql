-- title: What our hosts are
-- description: What each address of ours seems to be (serves, load-balancer, nat, resolver, scanner-facing), on which ports, and with how many it talks
SELECT
  address,
  network,
  array_join(roles, ', ') AS roles,
  ports,
  clients,
  servers,
  knockers,
  from_unixtime(first_seen) AS first_seen,
  from_unixtime(last_seen) AS last_seen
FROM host_roles
WHERE own
ORDER BY clients DESC, servers DESC, address, network
