-- A host calls home: every minute to every six hours (twelve times at least), with jitter of up to half the period, over TCP or
-- UDP, with messages of one size or of several; some calls are missed.
INSERT INTO planted BY NAME
WITH implant AS (
  SELECT
    pick(10, [17, 6, 6, 6]) AS transport,
    least(pick(11, [60, 90, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14400, 21600]), habit_days() * 86400 // 12) AS period,
    pick(12, [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5])::DOUBLE AS jitter,
    pick(13, [0, 0, 0, 0.05, 0.1, 0.3])::DOUBLE AS missed,
    pick(14, [0, 0, 0.05, 0.2])::DOUBLE AS variety,
    mostly_low(15, 150, 4000) AS request_size, mostly_low(16, 150, 12000) AS reply_size
),
call AS (
  SELECT
    nth, request_size + floor(request_size * variety * luck(20, nth))::BIGINT AS request_size,
    reply_size + floor(reply_size * variety * luck(21, nth))::BIGINT AS reply_size
  FROM implant, range(habit_days() * 86400 // period - 1) AS t (nth)
  WHERE luck(22, nth) >= missed
)
SELECT
  outward() AS course, host(0) AS client, outsider(0) AS server, transport AS protocol,
  CASE transport WHEN 6 THEN pick(17, [443, 443, 443, 80, 8443, 4444]) ELSE pick(17, [53, 123, 443, 5353, 40000]) END AS server_port,
  habit_begins() + floor(period * luck(18))::BIGINT + nth * period
    + floor(period * jitter * (luck(23, nth) - 0.5))::BIGINT + 30 AS start,
  start + CASE transport WHEN 6 THEN whole(24, 0, 2, nth) ELSE 0 END AS finish,
  CASE transport WHEN 6 THEN 6 ELSE 1 END + call.request_size // 1400 AS request_packets,
  call.request_size + 52 * request_packets AS request_bytes,
  CASE transport WHEN 6 THEN 5 ELSE 1 END + call.reply_size // 1400 AS reply_packets,
  call.reply_size + 52 * reply_packets AS reply_bytes
FROM implant, call;
