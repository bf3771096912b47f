-- What happens on an ordinary day.
-- Variables: start, finish, and longest: seconds that a drawn conversation may last.

-- How busy each hour of a weekday is, from midnight UTC, and what is left of that on Saturday and Sunday.
CREATE TABLE curves AS
FROM (
  VALUES
    ('flat',     [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],              1.0),
    ('day',      [3, 2, 2, 2, 2, 3, 5, 8, 10, 11, 11, 12, 12, 11, 11, 11, 11, 12, 13, 14, 13, 11, 8, 5], 0.7),
    ('business', [0, 0, 0, 0, 0, 0, 1, 6, 12, 14, 14, 13, 9, 12, 14, 13, 11, 7, 3, 1, 1, 0, 0, 0],       0.06)
) AS curve (curve, hours, weekend);

-- The kinds of conversation. Drawn ones come by chance along a curve and share in the total by `weight`; ticking ones come
-- every `period` seconds from each client to each server; noise fills up to the number of records.
-- Sizes are from..to; `reply` says how many packets come back for each one sent.
CREATE TABLE kinds AS
SELECT (row_number() OVER ())::BIGINT AS kind, *
FROM (
  VALUES
    ('visit',        'visitor',   'alb',        6, [443],         'accepted',   'day',      24.0, NULL, [1, 90],   [8, 90],   [90, 240],  1.3, 1050),
    ('redirect',     'visitor',   'alb',        6, [80],          'accepted',   'day',       3.0, NULL, [0, 2],    [4, 7],    [80, 130],  0.9,  120),
    ('visit6',       'visitor6',  'alb6',       6, [443],         'accepted',   'day',       3.0, NULL, [1, 90],   [8, 90],   [110, 260], 1.3, 1050),
    ('forward',      'alb',       'web',        6, [8080],        'accepted',   'day',      12.0, NULL, [1, 120],  [10, 200], [180, 420], 1.2,  880),
    ('call',         'web',       'app',        6, [8443],        'accepted',   'day',       9.0, NULL, [1, 60],   [8, 120],  [200, 600], 1.1,  640),
    ('database',     'app',       'db',         6, [5432],        'accepted',   'day',       8.0, NULL, [1, 300],  [9, 300],  [110, 300], 1.1,  520),
    ('lookup',       'instances', 'dns',       17, [53],          'accepted',   'day',      11.0, NULL, [0, 0],    [1, 2],    [58, 84],   1.0,  170),
    ('resolve',      'dns',       'nameserver', 17, [53],         'nat',        'day',       2.0, NULL, [0, 0],    [1, 2],    [62, 90],   1.0,  240),
    ('partner',      'app',       'partner',    6, [443],         'nat',        'day',       4.0, NULL, [1, 60],   [8, 60],   [140, 500], 1.1,  900),
    ('partner6',     'app6',      'partner6',   6, [443],         'accepted',   'day',       1.0, NULL, [1, 60],   [8, 60],   [150, 500], 1.1,  900),
    ('object',       'web',       's3',         6, [443],         'accepted',   'day',       2.0, NULL, [1, 30],   [7, 400],  [90, 160],  1.4, 1300),
    ('intranet',     'office',    'alb',        6, [443],         'accepted',   'business',  3.0, NULL, [1, 300],  [8, 300],  [90, 240],  1.3, 1050),
    ('admin',        'office',    'bastion',    6, [22],          'accepted',   'business',  0.1, NULL, [60, 800], [40, 900], [80, 140],  1.1,  190),
    ('hop',          'bastion',   'instances',  6, [22],          'accepted',   'business',  0.1, NULL, [30, 600], [30, 500], [80, 140],  1.1,  190),
    ('smtp',         'app',       'partner',    6, [25],          'denied-out', 'flat',      0.3, NULL, [0, 3],    [1, 3],    [60, 60],   0.0,    0),
    ('ping',         'monitor',   'instances',  1, [0],           'accepted',   'flat',      0.5, NULL, [0, 4],    [1, 5],    [84, 84],   1.0,   84),
    ('blocked',      'noise6',    'alb6',       6, [22, 80, 443], 'blocked',    'flat',      0.2, NULL, [0, 0],    [1, 1],    [80, 80],   0.0,    0),
    ('health-check', 'alb',       'web',        6, [8080],        'accepted',   NULL,       NULL,   30, [0, 0],    [5, 6],    [75, 90],   0.8,  110),
    ('metrics',      'monitor',   'instances',  6, [9100],        'accepted',   NULL,       NULL,   60, [0, 1],    [6, 9],    [70, 90],   1.2,  900),
    ('clock',        'app',       'ntp',       17, [123],         'nat',        NULL,       NULL, 4096, [0, 0],    [1, 1],    [76, 76],   1.0,   76),
    ('noise-udp',    'noise',     'public',    17, [5060, 161, 123, 1900, 53413, 389, 11211, 53],
                                                                  'rejected',   'flat',      1.5, NULL, [0, 0],    [1, 1],    [29, 440],  0.0,    0),
    ('noise',        'noise',     'public',     6, [23, 23, 23, 22, 22, 3389, 3389, 445, 445, 8080, 1723, 5555, 2323, 8443, 5900, 6379, 1433, 3306, 5432, 8888, 9200, 2375, 21, 25, 81],
                                                                  'rejected',   'flat',     NULL, NULL, [0, 0],    [1, 1],    [40, 60],   0.0,    0)
) AS kind (name, client, server, protocol, ports, course, curve, weight, period, seconds, packets, packet_bytes, reply, reply_packet_bytes);

-- Quarters of an hour, into which the simulation is cut for drawing; one before it, for what reaches into it.
CREATE TABLE slots AS
SELECT
  slot,
  getvariable('start') + slot * 900 AS slot_from,
  slot_from + 900 AS slot_until
FROM range(-getvariable('longest') // 900, (getvariable('finish') - getvariable('start')) // 900) AS slot (slot);

-- How much of the whole simulation's conversations of each curve has begun before a slot, and by its end.
CREATE TABLE shares AS
WITH busy AS (
  SELECT
    curve, slot,
    (slot_until - slot_from) * hours[1 + slot_from % 86400 // 3600]
      * CASE WHEN isodow(make_timestamp(slot_from * 1000000)) >= 6 THEN weekend ELSE 1 END AS weight
  FROM slots, curves
),
summed AS (
  SELECT
    curve, slot, weight,
    sum(weight) FILTER (slot >= 0) OVER (PARTITION BY curve ORDER BY slot) AS so_far,
    sum(weight) FILTER (slot >= 0) OVER (PARTITION BY curve) AS total
  FROM busy
)
SELECT
  curve, slot,
  CASE WHEN slot >= 0 THEN so_far - weight ELSE 0 END / total AS share_from,
  CASE WHEN slot >= 0 THEN so_far ELSE weight END / total AS share_until
FROM summed;

-- The conversations of each kind and slot: `drawn` of all kinds by weight together, `noise` of the noise, and every tick's
-- period times `stretch`.
CREATE MACRO planned(drawn, noise, stretch) AS TABLE
WITH counted AS (
  SELECT
    slots.*, kinds.*,
    client.first AS client_first, client.members AS client_members, client.outside AS client_outside,
    server.first AS server_first, server.members AS server_members,
    coalesce(drawn * weight / (SELECT sum(weight) FROM kinds), noise) AS amount,
    period::BIGINT * stretch AS step
  FROM kinds
  CROSS JOIN slots
  JOIN pools AS client ON client.pool = kinds.client
  JOIN pools AS server ON server.pool = kinds.server
)
SELECT
  slot, slot_from, slot_until, kind, protocol, ports, course, step,
  client_first, client_members, client_outside, server_first, server_members,
  seconds[1] AS seconds_low, seconds[2] AS seconds_high, packets[1] AS packets_low, packets[2] AS packets_high,
  packet_bytes[1] AS packet_bytes_low, packet_bytes[2] AS packet_bytes_high, reply, reply_packet_bytes,
  CASE
    WHEN step IS NULL THEN floor(amount * share_until)::BIGINT - floor(amount * share_from)::BIGINT
    -- One too many at either end, for a pair's offset: what falls outside the slot is the neighbour's.
    ELSE client_members * server_members * ((slot_until - slot_from) // step + 2)
  END AS conversations
FROM counted
LEFT JOIN shares USING (curve, slot)
WHERE slot >= 0 OR weight IS NOT NULL;

-- What is put in by name: long-lived connections, backups, and the scenarios.
CREATE SEQUENCE planted_id;
CREATE TABLE planted (
  id              BIGINT DEFAULT nextval('planted_id'),
  scenario        VARCHAR DEFAULT getvariable('scenario'),
  case_number     INTEGER DEFAULT getvariable('case_number'),
  part            INTEGER DEFAULT 1,
  course          VARCHAR DEFAULT 'accepted',
  client          BIGINT,
  server          BIGINT,
  protocol        INTEGER DEFAULT 6,
  server_port     BIGINT,
  start           BIGINT,
  finish          BIGINT,
  request_packets BIGINT,
  request_bytes   BIGINT,
  reply_packets   BIGINT DEFAULT 0,
  reply_bytes     BIGINT DEFAULT 0,
  -- The TCP flag that it ends with: FIN 1 or RST 4; 0 where it stays half open.
  closing         INTEGER DEFAULT 1,
  -- An RST is all that comes back.
  refused         BOOLEAN DEFAULT false,
  -- The port that the client sends from, where it is not any.
  own_port        BIGINT
);

-- Idle interfaces say so, and now and then lines are lost.
CREATE TABLE quiet (eni BIGINT, start BIGINT, log_status VARCHAR);

-- An hour of the last day, when the scenarios take place.
CREATE MACRO at_hour(hour) AS
  getvariable('finish') - 86400 + floor(hour * 3600)::BIGINT;
