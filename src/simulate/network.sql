-- The VPC that is simulated: its interfaces, and everybody who talks to it or is talked to. Variables: seed, hosts.

-- A number in [0, 1) that depends on the seed, a draw (which attribute) and a thing (whose attribute), and on nothing else.
CREATE MACRO chance(draw, thing) AS
  (hash(xor(hash(thing::BIGINT), hash(getvariable('seed')::BIGINT * 1000 + draw))) >> 11) / 9007199254740992.0;

-- A whole number from low to high, small ones far likelier: Pareto with exponent 1, cut off, and exact on every machine.
CREATE MACRO heavy(low, high, luck) AS (low / (1 - luck * (1 - low / (high + 1.0))))::DOUBLE;

-- Seventeen hexadecimal digits, as at the end of AWS's ids.
CREATE MACRO hexadecimal(draw, thing) AS
  lpad(lower(to_hex(hash(xor(hash(thing::BIGINT), hash(getvariable('seed')::BIGINT * 1000 + draw))))), 17, '0');

-- Who there is: how many, in which tier (third octet of the subnet, the two zones 16 apart), and what AWS says of them.
CREATE TABLE roles AS
SELECT row_number() OVER () AS position, *
FROM (
  VALUES
    ('idle',    greatest(1, getvariable('hosts') // 20),     96, 'idle',         NULL),
    ('db',      greatest(2, getvariable('hosts') // 20),     96, 'database',     NULL),
    ('dns',     1,                                           96, 'resolver',     NULL),
    ('monitor', 1,                                           96, 'monitoring',   NULL),
    ('app',     0,                                           64, 'application',  NULL),
    ('bastion', 1,                                            0, 'bastion',      NULL),
    ('web',     greatest(2, getvariable('hosts') * 11 // 20), 32, 'web tier',     NULL),
    ('alb',     2,                                            0, NULL,           NULL),
    ('nat',     2,                                            0, NULL,           'nat_gateway')
) AS role (role, members, tier, tag, interface_type);

UPDATE roles
SET members = getvariable('hosts') - (SELECT sum(members) FROM roles WHERE role NOT IN ('alb', 'nat'))
WHERE role = 'app';

-- One row per network interface. `eni` is also the id of the interface's IPv4 address in `ends`.
CREATE TABLE interfaces AS
WITH placed AS (
  SELECT
    row_number() OVER (ORDER BY position, nth) AS eni,
    role, nth, tag, interface_type,
    'arn:aws:ecs:' || getvariable('region') || ':' || getvariable('account') || ':' AS ecs_arn,
    tier + nth % 2 * 16 AS net,
    CASE role WHEN 'bastion' THEN 200 WHEN 'alb' THEN 210 WHEN 'nat' THEN 220 WHEN 'db' THEN 10 WHEN 'dns' THEN 3500
      WHEN 'monitor' THEN 3600 WHEN 'idle' THEN 3000 ELSE 20 END + nth // 2 AS host
  FROM roles, unnest(range(members)) AS member (nth)
)
SELECT
  eni, role, nth,
  '10.0.' || (net + host // 256) || '.' || (host % 256) AS address,
  'eni-' || hexadecimal(1, eni) AS interface_id,
  'subnet-' || hexadecimal(2, net) AS subnet_id,
  CASE WHEN tag IS NOT NULL THEN 'i-' || hexadecimal(3, eni) END AS instance_id,
  'vpc-' || hexadecimal(4, 0) AS vpc_id,
  getvariable('zone') || (1 + nth % 2) AS az_id,
  interface_type,
  replace(tag, ' ', '%20') AS instance_tag,
  CASE WHEN tag IS NOT NULL THEN 'production' END AS instance_tag_2,
  CASE WHEN role IN ('web', 'app') THEN role || '%20fleet' END AS asg_tag,
  -- Every other application host is a task on Fargate.
  CASE WHEN role = 'app' AND nth % 2 = 0 THEN right(hexadecimal(5, eni) || hexadecimal(6, eni), 32) END AS ecs_task_id,
  CASE WHEN ecs_task_id IS NOT NULL THEN 'orders' END AS ecs_cluster_name,
  CASE WHEN ecs_task_id IS NOT NULL THEN 'checkout' END AS ecs_service_name,
  CASE WHEN ecs_task_id IS NOT NULL THEN ecs_task_id || '-' || (1000000000 + eni) END AS ecs_container_id,
  ecs_arn || 'cluster/' || ecs_cluster_name AS ecs_cluster_arn,
  ecs_arn || 'task-definition/' || ecs_service_name || ':12' AS ecs_task_definition_arn,
  ecs_arn || 'task/' || ecs_cluster_name || '/' || ecs_task_id AS ecs_task_arn
FROM placed;

-- Those outside: how many and what their addresses look like (first ones, then counted up from `base`).
CREATE TABLE outsiders AS
SELECT row_number() OVER () AS position, *
FROM (
  VALUES
    ('visitor',   20000, '198.18.',      0,     NULL),
    ('noise',      1500, '198.19.',      0,     NULL),
    ('partner',      40, '198.19.',  32000,     NULL),
    ('ntp',           4, '198.19.',  40000,     NULL),
    ('nameserver',    6, '198.19.',  41000,     NULL),
    ('s3',            1, '52.216.',   2083,     'S3'),
    ('office',        6, '198.51.',  25610,     NULL),
    ('visitor6',   2000, '3fff:1:',      1,     NULL),
    ('noise6',       60, '2001:db8:',    1,     NULL),
    ('partner6',      5, '3fff:2:',      1,     NULL),
    -- Each scenario takes its own addresses from here: 203.0.113.0/24, 192.0.2.0/24 and one network of IPv6.
    ('attacker',    256, '203.0.',   28928,     NULL),
    ('attacker2',   256, '192.0.',     512,     NULL),
    ('attacker6',    16, '2001:db8:', 4096,     NULL)
) AS outsider (role, members, prefix, base, service);

-- Every address that a conversation can have at its ends. Ids of one role follow each other.
CREATE TABLE ends AS
WITH everybody AS (
  SELECT eni AS id, role, nth, address, eni, NULL AS service
  FROM interfaces
  UNION ALL
  -- The second, IPv6 address of some interfaces.
  SELECT 1000000 + eni, role || '6', nth, '3fff:10:' || lower(to_hex(160 + tier)) || '::' || lower(to_hex(eni)), eni, NULL
  FROM interfaces
  JOIN roles USING (role)
  WHERE role = 'alb' OR (role = 'app' AND nth % 4 = 0)
  UNION ALL
  SELECT
    2000000 + position * 100000 + nth, role, nth,
    CASE
      WHEN contains(prefix, ':') THEN lower(prefix || to_hex(base + nth // 8) || '::' || to_hex(1 + nth * 17 % 4093))
      -- Scattered over the /16 where there are many, one after the other where there are few.
      WHEN members > 256 THEN prefix || (base + nth * 13 % 30000) // 256 || '.' || (base + nth * 13 % 30000) % 256
      ELSE prefix || (base + nth) // 256 || '.' || (base + nth) % 256
    END,
    NULL, service
  FROM outsiders, unnest(range(members)) AS member (nth)
)
SELECT
  row_number() OVER (ORDER BY everybody.id)::INTEGER AS id,
  everybody.role, everybody.nth, everybody.address, everybody.eni::INTEGER AS eni, service,
  -- The NAT gateway of the same zone.
  nat.address AS nat_address,
  nat.eni::INTEGER AS nat_eni
FROM everybody
LEFT JOIN interfaces AS nat ON everybody.eni IS NOT NULL AND nat.role = 'nat' AND nat.nth = everybody.nth % 2;

-- Ranges of ids to draw from: each role, and a few that overlap.
CREATE TABLE pools AS
SELECT role AS pool, min(id) AS first, count(*) AS members, any_value(eni) IS NULL AS outside
FROM ends
GROUP BY role
UNION ALL
SELECT 'instances', min(id), count(*), false
FROM ends
WHERE role IN ('db', 'dns', 'monitor', 'app', 'bastion', 'web')
UNION ALL
SELECT 'public', min(id), count(*), false
FROM ends
WHERE role IN ('bastion', 'web', 'alb', 'nat');

-- The member of a role, counted from 0; beyond the last one it begins again.
CREATE MACRO member(role, nth) AS
  (SELECT first + nth % members FROM pools WHERE pool = role);
