-- One row: a 5-tuple between two hosts, all records of every ENI and both directions taken for one session (sessions says what is said of it).
-- whole: it is one for certain, as its records overlap or follow each other closely; what others fall into is in split_sessions.
WITH lines AS (
  SELECT
    r.pair_id,
    CASE WHEN r.forward THEN r.srcport ELSE r.dstport END AS port_a,
    CASE WHEN r.forward THEN r.dstport ELSE r.srcport END AS port_b,
    r.protocol,
    max(r."start") AS last_start,
    min(r."end") AS first_end,
    max(CASE WHEN r.protocol = 6 AND bitwise_and(r.tcp_flags, 18) = 2 THEN r."start" END) AS last_syn, -- without tcp_flags: CAST(NULL AS bigint) AS last_syn,
    count(r.tcp_flags) AS flagged, -- without tcp_flags: CAST(0 AS bigint) AS flagged,
    -- include session_totals
  FROM placed_records r
  GROUP BY
    r.pair_id, CASE WHEN r.forward THEN r.srcport ELSE r.dstport END, CASE WHEN r.forward THEN r.dstport ELSE r.srcport END, r.protocol
),
pieces AS ( -- silence: so many seconds may have passed without a record; more than any where a SYN comes after the end of another record
  SELECT
    l.*,
    CASE
      WHEN protocol = 6 AND last_syn > first_end THEN 9000000000000000000
      WHEN protocol = 6 AND flagged = records THEN 0
      ELSE last_start - first_end
    END AS silence
  FROM lines l
),
-- include session_verdict
