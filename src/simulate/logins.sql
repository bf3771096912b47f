-- Guessing at the logins of a case's first host: how many tries, seconds apart, from when on, by which outsider.
CREATE MACRO guesses() AS whole(90, 80, 500);
CREATE MACRO guess_pace() AS whole(91, 2, 15);
CREATE MACRO guessing_begins() AS begin_of(500 * 15 + 3700);

-- Nearly all tries have as many packets; those turned away by a security group have one to three.
CREATE MACRO guesses_at(port, course, packets, bytes) AS TABLE
WITH guesser AS (
  SELECT
    outsider(0) AS client, host(0) AS server, course AS met, port AS server_port,
    guessing_begins() AS since, guess_pace() AS pace, packets AS mode, bytes AS mode_bytes
)
SELECT
  met AS course, client, server, server_port,
  since + try * pace + whole(92, 0, pace - 1, try) AS start,
  start + CASE WHEN met = 'accepted' THEN whole(93, 1, 7, try) ELSE 0 END AS finish,
  CASE
    WHEN met <> 'accepted' THEN whole(94, 1, 3, try)
    ELSE mode + CASE WHEN luck(95, try) < 0.9 THEN 0 ELSE 1 END
  END AS request_packets,
  CASE WHEN met <> 'accepted' THEN request_packets * 60 ELSE mode_bytes + (request_packets - mode) * 52 END AS request_bytes,
  CASE WHEN met <> 'accepted' THEN 0 ELSE request_packets + whole(96, 0, 3) END AS reply_packets,
  reply_packets * (60 + mode_bytes // mode) AS reply_bytes
FROM guesser, range(guesses()) AS guess (try);

-- The login that is let in after the last try, and stays.
CREATE MACRO break_in(port) AS TABLE
SELECT
  outsider(0) AS client, host(0) AS server, port AS server_port,
  guessing_begins() + guesses() * guess_pace() + whole(97, 5, 60) AS start, start + whole(98, 90, 3500) AS finish,
  (finish - start) * 2 + whole(99, 100, 3000) AS request_packets, request_packets * 110 AS request_bytes,
  request_packets + whole(100, 50, 900) AS reply_packets, reply_packets * whole(101, 150, 900) AS reply_bytes;
