-- What nobody drew: connections that last for hours, the nightly backups, and interfaces with nothing to say.
-- Variables: start, finish, interval, and `pooled`, how many pooled connections there are.

-- Application hosts keep connections to the databases open, for hours and across the ends of the simulation.
INSERT INTO planted BY NAME
SELECT
  member('app', nth) AS client, member('db', nth) AS server, 5432 AS server_port,
  getvariable('start') - 7200 + floor((getvariable('finish') - getvariable('start')) * chance(41, nth))::BIGINT AS start,
  start + 7200 + floor(14400 * chance(42, nth))::BIGINT AS finish,
  (finish - start) * 2 AS request_packets, request_packets * 180 AS request_bytes,
  (finish - start) * 2 AS reply_packets, reply_packets * 520 AS reply_bytes
FROM range(getvariable('pooled')) AS connection (nth);

-- Every night each database sends its backup to the same S3 address, through the gateway endpoint.
INSERT INTO planted BY NAME
SELECT
  first + nth AS client, member('s3', 0) AS server, 443 AS server_port,
  getvariable('start') + day * 86400 + 7200 + nth * 300 AS start,
  start + 1500 + floor(900 * chance(43, nth * 1000 + day))::BIGINT AS finish,
  14000000 + floor(800000 * chance(44, nth * 1000 + day))::BIGINT AS request_packets, request_packets * 1440 AS request_bytes,
  request_packets // 4 AS reply_packets, reply_packets * 52 AS reply_bytes
FROM pools, range(members) AS host (nth), range((getvariable('finish') - getvariable('start')) // 86400) AS night (day)
WHERE pool = 'db';

-- Idle interfaces, each interval or, where that would be more than two per cent of all lines, each so many intervals.
INSERT INTO quiet
SELECT eni, aggregation_window * getvariable('interval'), 'NODATA'
FROM interfaces, range(getvariable('start') // getvariable('interval'), getvariable('finish') // getvariable('interval')) AS t (aggregation_window)
WHERE role = 'idle' AND aggregation_window % getvariable('idle_stride') = 0;

-- Three times a day AWS lost records of some interface.
INSERT INTO quiet
SELECT member('web', 7 * nth), getvariable('start') + nth * 28800 + floor(28000 * chance(45, nth))::BIGINT, 'SKIPDATA'
FROM range((getvariable('finish') - getvariable('start')) // 28800) AS loss (nth);
