-- One row: a session of a 5-tuple that has, or may have, several (sessions says when a new one begins, and what is said of it).
WITH several AS (
  SELECT
    t.parties_id / 2 AS pair_id,
    CASE WHEN t.parties_id % 2 = 0 THEN t.client_port ELSE t.server_port END AS port_a,
    CASE WHEN t.parties_id % 2 = 0 THEN t.server_port ELSE t.client_port END AS port_b,
    t.protocol,
    p.aggregation_interval
  FROM five_tuples t
  JOIN parties p ON p.parties_id = t.parties_id
  WHERE NOT t.whole
),
moments AS ( -- one row: the records of one of them that start in the same second
  SELECT
    s.pair_id,
    s.port_a,
    s.port_b,
    s.protocol,
    s.aggregation_interval,
    r."start",
    bool_or(bitwise_and(r.tcp_flags, 18) = 2) AS syn, -- without tcp_flags: CAST(NULL AS boolean) AS syn,
    bool_or(r.tcp_flags IS NULL) AS flagless, -- without tcp_flags: TRUE AS flagless,
    max(CASE WHEN bitwise_and(r.tcp_flags, 5) > 0 THEN r."end" END) AS closing, -- without tcp_flags: CAST(NULL AS bigint) AS closing,
    -- include session_totals
  FROM placed_records r
  JOIN several s
    ON s.pair_id = r.pair_id
    AND coalesce(s.port_a, -1) = coalesce(CASE WHEN r.forward THEN r.srcport ELSE r.dstport END, -1)
    AND coalesce(s.port_b, -1) = coalesce(CASE WHEN r.forward THEN r.dstport ELSE r.srcport END, -1)
    AND coalesce(s.protocol, -1) = coalesce(r.protocol, -1)
  GROUP BY s.pair_id, s.port_a, s.port_b, s.protocol, s.aggregation_interval, r."start"
),
before AS ( -- one row: a moment, and what came before it
  SELECT
    m.*,
    max(ended) OVER earlier AS earlier_end,
    max(closing) OVER earlier AS earlier_closing, -- without tcp_flags: CAST(NULL AS bigint) AS earlier_closing,
    max(CASE WHEN syn THEN "start" END) OVER earlier AS earlier_syn, -- without tcp_flags: CAST(NULL AS bigint) AS earlier_syn,
    max(began_a) OVER earlier IS NOT NULL AND max(began_b) OVER earlier IS NOT NULL AS earlier_answered -- without tcp_flags: CAST(NULL AS boolean) AS earlier_answered
  FROM moments m
  WINDOW earlier AS (
    PARTITION BY pair_id, port_a, port_b, protocol ORDER BY "start" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
parts AS (
  SELECT
    b.*,
    sum(CASE
      WHEN earlier_end IS NULL OR "start" <= earlier_end THEN 0
      WHEN protocol = 6 AND syn
        AND (earlier_closing >= coalesce(earlier_syn, earlier_closing)
          OR "start" > earlier_end + CASE WHEN earlier_answered THEN 1800 ELSE 60 END) THEN 1
      WHEN protocol = 6 AND NOT flagless THEN 0
      WHEN "start" > earlier_end + CASE WHEN protocol = 6 THEN 1800 ELSE greatest(180, aggregation_interval) END THEN 1
      ELSE 0
    END) OVER (
      PARTITION BY pair_id, port_a, port_b, protocol ORDER BY "start" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS part
  FROM before b
),
pieces AS (
  SELECT
    pair_id,
    port_a,
    port_b,
    protocol,
    0 AS silence,
    min(began_a) AS began_a,
    min(began_b) AS began_b,
    max(ended) AS ended,
    sum(records) AS records,
    sum(records_a) AS records_a,
    sum(rejects_a) AS rejects_a,
    sum(rejects_b) AS rejects_b,
    sum(packets_a) AS packets_a,
    sum(bytes_a) AS bytes_a,
    sum(packets_b) AS packets_b,
    sum(bytes_b) AS bytes_b,
    bitwise_or_agg(flags_a) AS flags_a, -- without tcp_flags: CAST(NULL AS bigint) AS flags_a,
    bitwise_or_agg(flags_b) AS flags_b, -- without tcp_flags: CAST(NULL AS bigint) AS flags_b,
    bool_or(counted) AS counted,
    bool_or(hears) AS hears
  FROM parts
  GROUP BY pair_id, port_a, port_b, protocol, part
),
-- include session_verdict
