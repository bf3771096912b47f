-- One row: an address in one network, as hosts has it, and what it seems to be by what it asked and answered. Apart from hosts, for it stands
-- on all connections. ports: TCP and UDP ports on which it answered, where who asked is no mere guess. clients, servers, peers: how many it
-- answered, was answered by, and both; knockers: outside addresses that tried a host of ours in vain.
-- roles: serves (it answered on a port), scanner-facing (ten outside addresses and more tried it in vain), nat (an ENI of it translates, or
-- the inventory says so), load-balancer (the inventory says so; or it answers ten outside addresses and more, asks nobody outside, and asks
-- several of ours on one TCP port), resolver (it answers several of ours on port 53).
WITH ends AS ( -- one row: one side of what a client asked of a port in a day
  SELECT
    server AS address,
    server_network AS network,
    server_own AS own,
    client AS peer,
    client_network AS peer_network,
    client_own AS peer_own,
    server_port,
    protocol,
    TRUE AS serving,
    outcome,
    client_confidence,
    first_seen,
    last_seen
  FROM contacts
  UNION ALL
  SELECT
    client,
    client_network,
    client_own,
    server,
    server_network,
    server_own,
    server_port,
    protocol,
    FALSE,
    outcome,
    client_confidence,
    first_seen,
    last_seen
  FROM contacts
),
told AS (
  SELECT
    address,
    network,
    bool_or(own) AS own,
    min(first_seen) AS first_seen,
    max(last_seen) AS last_seen,
    array_sort(array_agg(DISTINCT server_port) FILTER (
      WHERE serving AND outcome = 'answered' AND client_confidence >= 7E-1 AND protocol IN (6, 17) AND server_port > 0
    )) AS ports,
    count(DISTINCT CASE WHEN outcome = 'answered' THEN peer_network || ' ' || peer END) AS peers,
    count(DISTINCT CASE WHEN outcome = 'answered' AND serving THEN peer_network || ' ' || peer END) AS clients,
    count(DISTINCT CASE WHEN outcome = 'answered' AND NOT serving THEN peer_network || ' ' || peer END) AS servers,
    count(DISTINCT CASE WHEN outcome = 'failed' AND serving AND own AND NOT peer_own THEN peer END) AS knockers,
    count(DISTINCT CASE WHEN outcome = 'answered' AND serving AND NOT peer_own THEN peer END) AS outside_clients,
    count(DISTINCT CASE WHEN outcome = 'answered' AND NOT serving AND NOT peer_own THEN peer END) AS outside_servers,
    count(DISTINCT CASE WHEN outcome = 'answered' AND NOT serving AND peer_own AND protocol = 6 THEN peer_network || ' ' || peer END) AS own_servers,
    count(DISTINCT CASE WHEN outcome = 'answered' AND NOT serving AND peer_own AND protocol = 6 THEN server_port END) AS own_ports,
    count(DISTINCT CASE WHEN outcome = 'answered' AND serving AND peer_own AND server_port = 53 THEN peer_network || ' ' || peer END) AS asking_names
  FROM ends
  GROUP BY address, network
),
devices AS ( -- one row: an address of an ENI, and what that does
  SELECT
    t.address,
    CASE WHEN a.scope = 'public' THEN '' ELSE i.network END AS network,
    min(i.first_seen) AS first_seen,
    max(i.last_seen) AS last_seen,
    bool_or(g.interface_id IS NOT NULL OR e.interface_type = 'nat_gateway') AS nat,
    bool_or(e.interface_type IN ('network_load_balancer', 'gateway_load_balancer', 'load_balancer') OR e.description LIKE 'ELB %') AS balancer
  FROM interfaces i
  CROSS JOIN UNNEST(i.addresses) AS t (address)
  JOIN addresses a ON a.address = t.address
  LEFT JOIN network_interfaces e ON e.interface_id = i.interface_id
  LEFT JOIN translators g ON g.interface_id = i.interface_id
  GROUP BY 1, 2
),
known AS (
  SELECT address, network FROM told
  UNION
  SELECT address, network FROM devices
)
SELECT
  k.address,
  k.network,
  d.address IS NOT NULL OR t.own AS own,
  filter(
    ARRAY[
      CASE WHEN cardinality(t.ports) > 0 THEN 'serves' END,
      CASE WHEN t.knockers >= 10 THEN 'scanner-facing' END,
      CASE WHEN d.nat THEN 'nat' END,
      CASE
        WHEN d.balancer
          OR t.own AND t.outside_clients >= 10 AND t.outside_servers = 0 AND t.own_servers >= 2 AND t.own_ports = 1 THEN 'load-balancer'
      END,
      CASE WHEN t.asking_names >= 3 THEN 'resolver' END
    ],
    role -> role IS NOT NULL
  ) AS roles,
  coalesce(t.ports, CAST(ARRAY[] AS array(integer))) AS ports,
  coalesce(t.peers, 0) AS peers,
  coalesce(t.clients, 0) AS clients,
  coalesce(t.servers, 0) AS servers,
  coalesce(t.knockers, 0) AS knockers,
  coalesce(t.first_seen, d.first_seen) AS first_seen,
  coalesce(t.last_seen, d.last_seen) AS last_seen
FROM known k
LEFT JOIN told t ON t.address = k.address AND t.network = k.network
LEFT JOIN devices d ON d.address = k.address AND d.network = k.network
