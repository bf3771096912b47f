-- The conversations that touch the span of time from `since` to `until` (variables of the connection): those that chance
-- draws from the plan, computed anew each time, and those that were planted.
CREATE VIEW drawn AS
WITH numbered AS (
  SELECT plan.*, unnest(range(conversations)) AS i
  FROM plan
  WHERE slot_from < getvariable('until') AND slot_until > getvariable('since') - getvariable('longest')
),
identified AS (
  SELECT *, ((slot + 4096) << 33) + (kind << 26) + i AS id
  FROM numbered
),
timed AS (
  SELECT
    *,
    CASE
      WHEN step IS NULL THEN slot_from + floor((slot_until - slot_from) * chance(11, id))::BIGINT
      -- A pair's own offset within the period, the same in every period.
      ELSE (slot_from // step + i // (client_members * server_members)) * step
        + floor(step * chance(12, kind * 1000000 + i % (client_members * server_members)))::BIGINT
    END AS start,
    floor(heavy(seconds_low + 1, seconds_high, chance(13, id)))::BIGINT - 1 AS seconds
  FROM identified
),
sized AS (
  SELECT
    *,
    start + seconds AS finish,
    CASE
      WHEN step IS NOT NULL THEN client_first + i % client_members
      -- Of those outside, a few come often and many seldom.
      WHEN client_outside THEN client_first + floor(client_members * chance(14, id) * chance(15, id))::BIGINT
      ELSE client_first + floor(client_members * chance(14, id))::BIGINT
    END AS client,
    CASE
      WHEN step IS NOT NULL THEN server_first + i // client_members % server_members
      ELSE server_first + floor(server_members * chance(16, id))::BIGINT
    END AS server,
    greatest(
      floor(heavy(packets_low, packets_high, chance(17, id)))::BIGINT,
      2 + seconds // getvariable('interval') - (seconds = 0)::INTEGER * 2
    ) AS request_packets,
    chance(18, id) AS luck
  FROM timed
  WHERE start >= slot_from AND start < slot_until AND start < getvariable('until') AND start + seconds >= getvariable('since')
)
SELECT
  id, NULL::VARCHAR AS scenario, NULL::INTEGER AS case_number, NULL::INTEGER AS part, course, client, server, protocol,
  -- Those outside keep to three ports each.
  ports[1 + floor(len(ports) * chance(19, CASE WHEN client_outside THEN client * 3 + id % 3 ELSE id END))::BIGINT]::BIGINT AS server_port,
  start, finish, request_packets,
  request_packets * floor(packet_bytes_low + luck * (1 + packet_bytes_high - packet_bytes_low))::BIGINT AS request_bytes,
  ceil(request_packets * reply * (0.75 + luck / 2))::BIGINT AS reply_packets,
  reply_packets * floor(reply_packet_bytes * (1.25 - luck / 2))::BIGINT AS reply_bytes,
  1 AS closing, false AS refused, NULL::BIGINT AS own_port
FROM sized
WHERE client <> server;

CREATE VIEW conversations AS
FROM drawn
UNION ALL
FROM planted
WHERE start < getvariable('until') AND finish >= getvariable('since');
