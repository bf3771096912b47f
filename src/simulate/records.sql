-- From conversations to log lines: which interface sees a conversation, in which direction, in which aggregation intervals.
-- Variables: interval, version, account, and of the connection since and until: only lines that end in between.

-- What each interface writes of a conversation, by its course. `way` is the request's or the reply's half; the rest names
-- ends: whose interface it is, who stands there as source and target, who in pkt-srcaddr and pkt-dstaddr, and which
-- interface of the VPC is next.
CREATE TABLE legs AS
FROM (
  VALUES
    ('accepted',     1, 'client', 'egress',  'request', 'ACCEPT', 'client', 'server', 'client', 'server', 'server'),
    ('accepted',     2, 'server', 'ingress', 'request', 'ACCEPT', 'client', 'server', 'client', 'server', 'client'),
    ('accepted',     3, 'server', 'egress',  'reply',   'ACCEPT', 'server', 'client', 'server', 'client', 'client'),
    ('accepted',     4, 'client', 'ingress', 'reply',   'ACCEPT', 'server', 'client', 'server', 'client', 'server'),
    -- Through a NAT gateway: four lines at the gateway, two at the host.
    ('nat',          1, 'client', 'egress',  'request', 'ACCEPT', 'client', 'server', 'client', 'server', 'nat'),
    ('nat',          2, 'nat',    'ingress', 'request', 'ACCEPT', 'client', 'nat',    'client', 'server', 'client'),
    ('nat',          3, 'nat',    'egress',  'request', 'ACCEPT', 'nat',    'server', 'nat',    'server', NULL),
    ('nat',          4, 'nat',    'ingress', 'reply',   'ACCEPT', 'server', 'nat',    'server', 'nat',    NULL),
    ('nat',          5, 'nat',    'egress',  'reply',   'ACCEPT', 'nat',    'client', 'server', 'client', 'client'),
    ('nat',          6, 'client', 'ingress', 'reply',   'ACCEPT', 'server', 'client', 'server', 'client', 'nat'),
    -- The security group or the network ACL of the server says no.
    ('rejected',     1, 'client', 'egress',  'request', 'ACCEPT', 'client', 'server', 'client', 'server', 'server'),
    ('rejected',     2, 'server', 'ingress', 'request', 'REJECT', 'client', 'server', 'client', 'server', 'client'),
    -- VPC Block Public Access says no.
    ('blocked',      2, 'server', 'ingress', 'request', 'REJECT', 'client', 'server', 'client', 'server', 'client'),
    -- The client's own side says no.
    ('denied-out',   1, 'client', 'egress',  'request', 'REJECT', 'client', 'server', 'client', 'server', 'server'),
    -- The network ACL lets the request in and not the reply out.
    ('reply-denied', 1, 'client', 'egress',  'request', 'ACCEPT', 'client', 'server', 'client', 'server', 'server'),
    ('reply-denied', 2, 'server', 'ingress', 'request', 'ACCEPT', 'client', 'server', 'client', 'server', 'client'),
    ('reply-denied', 3, 'server', 'egress',  'reply',   'REJECT', 'server', 'client', 'server', 'client', 'client')
) AS leg (course, leg, place, flow_direction, way, action, source, target, packet_source, packet_target, peer);

CREATE MACRO one_of(end_name, of_client, of_server, of_nat) AS
  CASE end_name WHEN 'client' THEN of_client WHEN 'server' THEN of_server WHEN 'nat' THEN of_nat END;

CREATE VIEW lines AS
WITH known AS (
  SELECT
    c.*,
    client.address AS client_address, client.eni AS client_eni, client.service AS client_service,
    server.address AS server_address, server.eni AS server_eni, server.service AS server_service,
    client.nat_address, client.nat_eni
  FROM conversations AS c
  JOIN ends AS client ON client.id = c.client
  JOIN ends AS server ON server.id = c.server
),
seen AS (
  SELECT
    known.*, legs.* EXCLUDE (course),
    one_of(place, client_eni, server_eni, nat_eni) AS eni,
    one_of(peer, client_eni, server_eni, nat_eni) AS next_eni,
    CASE way WHEN 'request' THEN request_packets ELSE reply_packets END AS all_packets,
    CASE way WHEN 'request' THEN request_bytes ELSE reply_bytes END AS all_bytes
  FROM known
  JOIN legs ON legs.course = known.course
),
framed AS (
  SELECT
    *,
    eni * 7919 % getvariable('interval') AS window_offset,
    (start - window_offset) // getvariable('interval') AS first_window,
    (finish - window_offset) // getvariable('interval') AS last_window
  FROM seen
  WHERE eni IS NOT NULL
),
cut AS (
  SELECT
    *,
    1 + last_window - first_window AS windows,
    unnest(range(
      greatest(first_window, (getvariable('since') - window_offset) // getvariable('interval')),
      least(last_window, (getvariable('until') - window_offset) // getvariable('interval')) + 1
    )) AS aggregation_window
  FROM framed
),
counted AS (
  SELECT
    *,
    aggregation_window - first_window AS nth_window,
    greatest(start, window_offset + aggregation_window * getvariable('interval')) AS line_start,
    least(finish, window_offset + (aggregation_window + 1) * getvariable('interval') - 1) AS line_end,
    (all_packets * (nth_window + 1) + windows - 1) // windows - (all_packets * nth_window + windows - 1) // windows AS line_packets
  FROM cut
),
kept AS (
  SELECT *
  FROM counted
  WHERE line_packets > 0 AND line_end >= getvariable('since') AND line_end < getvariable('until')
),
line AS (
  SELECT
    id, leg, scenario, case_number, part, client, server, server_port, own_port, eni, next_eni, line_start AS start, line_end AS "end",
    one_of(source, client_address, server_address, nat_address) AS srcaddr,
    one_of(target, client_address, server_address, nat_address) AS dstaddr,
    one_of(packet_source, client_address, server_address, nat_address) AS pkt_srcaddr,
    one_of(packet_target, client_address, server_address, nat_address) AS pkt_dstaddr,
    -- A NAT gateway opens a port of its own towards the outside.
    CASE
      WHEN protocol NOT IN (6, 17) THEN 0
      WHEN peer IS NULL THEN 1024 + hash(id + 1) % 64512
      WHEN own_port IS NOT NULL THEN own_port
      ELSE 32768 + hash(id) % 28232
    END AS client_port,
    CASE way WHEN 'request' THEN client_port ELSE server_port END AS srcport,
    CASE way WHEN 'request' THEN server_port ELSE client_port END AS dstport,
    protocol,
    line_packets AS packets,
    CASE WHEN course <> 'blocked' THEN line_packets * all_bytes // all_packets END AS bytes,
    action,
    'OK' AS log_status,
    CASE
      WHEN protocol <> 6 THEN 0
      WHEN refused THEN CASE way WHEN 'request' THEN 2 ELSE 4 END
      WHEN reply_packets = 0 THEN 2
      -- Who gets no answer begins again and again.
      ELSE CASE WHEN nth_window > 0 AND course IN ('accepted', 'nat') THEN 0 WHEN way = 'request' THEN 2 ELSE 18 END
        | CASE WHEN nth_window = windows - 1 AND course IN ('accepted', 'nat') THEN closing ELSE 0 END
    END AS tcp_flags,
    CASE WHEN contains(server_address, ':') THEN 'IPv6' ELSE 'IPv4' END AS type,
    one_of(packet_source, client_service, server_service, NULL) AS pkt_src_aws_service,
    one_of(packet_target, client_service, server_service, NULL) AS pkt_dst_aws_service,
    flow_direction,
    CASE
      WHEN flow_direction = 'ingress' THEN NULL
      WHEN next_eni IS NOT NULL THEN 1
      WHEN server_service = 'S3' THEN 7
      ELSE 8
    END AS traffic_path,
    CASE WHEN course = 'blocked' THEN 'BPA' END AS reject_reason,
    (next_eni IS NOT NULL)::INTEGER AS encryption_status
  FROM kept
  UNION ALL BY NAME
  SELECT 0 AS id, eni AS leg, eni, start, start + getvariable('interval') - 1 AS "end", log_status
  FROM quiet
  WHERE start + getvariable('interval') - 1 >= getvariable('since') AND start + getvariable('interval') - 1 < getvariable('until')
)
SELECT
  line.* EXCLUDE (eni, next_eni),
  getvariable('version') AS version,
  getvariable('account') AS account_id,
  getvariable('region') AS region,
  own.interface_id, own.vpc_id, own.subnet_id, own.instance_id, own.az_id,
  NULL AS sublocation_type, NULL AS sublocation_id, NULL AS resource_id,
  own.ecs_cluster_arn, own.ecs_cluster_name,
  NULL AS ecs_container_instance_arn, NULL AS ecs_container_instance_id,
  own.ecs_container_id, NULL AS ecs_second_container_id, own.ecs_service_name, own.ecs_task_definition_arn, own.ecs_task_arn, own.ecs_task_id,
  own.instance_tag, own.instance_tag_2, NULL AS interface_tag, NULL AS interface_tag_2, own.asg_tag, NULL AS asg_tag_2, own.interface_type,
  peer.interface_id AS next_hop_interface_id, peer.subnet_id AS next_hop_subnet_id, peer.az_id AS next_hop_az_id,
  peer.vpc_id AS next_hop_vpc_id, peer.interface_type AS next_hop_interface_type
FROM line
JOIN interfaces AS own ON own.eni = line.eni
LEFT JOIN interfaces AS peer ON peer.eni = line.next_eni;
