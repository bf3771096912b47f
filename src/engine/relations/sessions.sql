-- One row: a connection: all records of a 5-tuple between two hosts, of every ENI and both directions, stitched over aggregation intervals.
-- Where TCP flags are logged, a new one begins with a SYN, after FIN or RST, after half an hour of silence, or after a minute of it where
-- nobody had answered (retransmissions of a SYN are at most 32 s apart), and with nothing else. Without flags it begins after half an
-- hour of silence (TCP; keep-alives are mostly more frequent) or three minutes (others), or one aggregation interval where that is longer.
-- Packets and bytes are those of records that count (counted of flows); of 2^63 and more the rest is left out. rejects: records, of all ENIs.
-- The client is decided by what all records together say, the first of these that speaks (C = confidence): SYN without ACK, or SYN-ACK
-- (0.95); a known service port on one side only (0.8); a port below the ephemeral range on one side only (0.7); a lone RST, which answers
-- (0.6); only one side sent (0.6); who sent first (0.5; it stands here and not above ports, for AWS says that a start may be a
-- minute late); the lower port (0.4); our side asks (0.2); else the smaller address (0.1).
-- outcome, of what the client asked: answered; refused (a few TCP answers of 40 bytes a packet (60 in IPv6), which have no room for the
-- options of an accepted connection: RST); rejected; reply-rejected; unanswered; unknown (silence at ENIs that show nobody's answers); reply-only (the
-- client sent nothing: backscatter, or the beginning is not in these records).
WITH seen AS ( -- one row: a record, with its two ends in the order of their pair
  SELECT
    pair_id,
    CASE WHEN forward THEN srcport ELSE dstport END AS port_a,
    CASE WHEN forward THEN dstport ELSE srcport END AS port_b,
    protocol,
    forward,
    counted,
    hears,
    "start",
    "end",
    action,
    tcp_flags,
    CAST(packets AS double) AS packets,
    CAST(bytes AS double) AS bytes
  FROM placed_records
),
pairs AS ( -- one row: two hosts, and since when and until when there are records where they were seen
  SELECT
    p.pair_id,
    max(CASE WHEN p.forward THEN p.src ELSE p.dst END) AS address_a,
    max(CASE WHEN p.forward THEN p.dst ELSE p.src END) AS address_b,
    max(CASE WHEN p.forward THEN p.src_network ELSE p.dst_network END) AS network_a,
    max(CASE WHEN p.forward THEN p.dst_network ELSE p.src_network END) AS network_b,
    max(CASE WHEN p.forward THEN p.src_scope ELSE p.dst_scope END) AS scope_a,
    max(CASE WHEN p.forward THEN p.dst_scope ELSE p.src_scope END) AS scope_b,
    bool_or(CASE WHEN p.forward THEN p.src_own ELSE p.dst_own END) AS own_a,
    bool_or(CASE WHEN p.forward THEN p.dst_own ELSE p.src_own END) AS own_b,
    min(p.network) AS seen_in,
    max(n.aggregation_interval) AS aggregation_interval,
    min(n.first_seen) AS first_seen,
    max(n.last_seen) AS last_seen
  FROM placed_paths p
  JOIN networks n ON n.network = p.network
  GROUP BY p.pair_id
),
lines AS ( -- one row: a 5-tuple, and when its parts began and ended
  SELECT
    pair_id,
    port_a,
    port_b,
    protocol,
    min("start") AS began,
    max("end") AS ended,
    min(CASE WHEN forward THEN "start" END) AS began_a,
    min(CASE WHEN NOT forward THEN "start" END) AS began_b,
    count(*) AS records,
    sum(CASE WHEN forward THEN 1 ELSE 0 END) AS records_a,
    sum(CASE WHEN forward AND action = 'REJECT' THEN 1 ELSE 0 END) AS rejects_a,
    sum(CASE WHEN NOT forward AND action = 'REJECT' THEN 1 ELSE 0 END) AS rejects_b,
    sum(CASE WHEN forward AND counted THEN packets ELSE 0 END) AS packets_a,
    sum(CASE WHEN forward AND counted THEN bytes ELSE 0 END) AS bytes_a,
    sum(CASE WHEN NOT forward AND counted THEN packets ELSE 0 END) AS packets_b,
    sum(CASE WHEN NOT forward AND counted THEN bytes ELSE 0 END) AS bytes_b,
    bitwise_or_agg(CASE WHEN forward THEN tcp_flags END) AS flags_a,
    bitwise_or_agg(CASE WHEN NOT forward THEN tcp_flags END) AS flags_b,
    bool_or(counted) AS counted,
    bool_or(hears) AS hears,
    max("start") AS last_start,
    min("end") AS first_end,
    max(CASE WHEN protocol = 6 AND bitwise_and(tcp_flags, 18) = 2 THEN "start" END) AS last_syn,
    count(tcp_flags) AS flagged
  FROM seen
  GROUP BY pair_id, port_a, port_b, protocol
),
judged AS ( -- whether it is one connection for certain: its parts overlap or follow each other closely
  SELECT
    l.*,
    p.aggregation_interval,
    CASE
      WHEN protocol = 6 AND flagged = records THEN coalesce(last_syn <= first_end, TRUE)
      WHEN protocol = 6 THEN last_start <= first_end + 1800 AND coalesce(last_syn <= first_end, TRUE)
      ELSE last_start <= first_end + greatest(180, p.aggregation_interval)
    END AS whole
  FROM lines l
  JOIN pairs p ON p.pair_id = l.pair_id
),
before AS ( -- one row: a record of another, and what came before its second
  SELECT
    s.*,
    j.aggregation_interval,
    max(s."end") OVER earlier AS earlier_end,
    max(CASE WHEN bitwise_and(s.tcp_flags, 5) > 0 THEN s."end" END) OVER earlier AS earlier_closing,
    max(CASE WHEN bitwise_and(s.tcp_flags, 18) = 2 THEN s."start" END) OVER earlier AS earlier_syn,
    count(CASE WHEN s.forward THEN 1 END) OVER earlier AS earlier_a,
    count(CASE WHEN NOT s.forward THEN 1 END) OVER earlier AS earlier_b
  FROM seen s
  JOIN judged j
    ON j.pair_id = s.pair_id
    AND j.port_a IS NOT DISTINCT FROM s.port_a
    AND j.port_b IS NOT DISTINCT FROM s.port_b
    AND j.protocol IS NOT DISTINCT FROM s.protocol
  WHERE NOT j.whole
  WINDOW earlier AS (
    PARTITION BY s.pair_id, s.port_a, s.port_b, s.protocol ORDER BY s."start" RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
parts AS (
  SELECT
    b.*,
    sum(CASE
      WHEN earlier_end IS NULL THEN 0
      WHEN protocol = 6 AND tcp_flags IS NOT NULL THEN
        CASE
          WHEN bitwise_and(tcp_flags, 18) = 2 AND "start" > earlier_end
            AND (earlier_closing >= coalesce(earlier_syn, earlier_closing)
              OR "start" > earlier_end + CASE WHEN earlier_a > 0 AND earlier_b > 0 THEN 1800 ELSE 60 END) THEN 1
          ELSE 0
        END
      WHEN "start" > earlier_end + CASE WHEN protocol = 6 THEN 1800 ELSE greatest(180, aggregation_interval) END THEN 1
      ELSE 0
    END) OVER (
      PARTITION BY pair_id, port_a, port_b, protocol ORDER BY "start" RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS part
  FROM before b
),
pieces AS (
  SELECT
    pair_id, port_a, port_b, protocol, began, ended, began_a, began_b, records, records_a, rejects_a, rejects_b,
    packets_a, bytes_a, packets_b, bytes_b, flags_a, flags_b, counted, hears
  FROM judged
  WHERE whole
  UNION ALL
  SELECT
    pair_id,
    port_a,
    port_b,
    protocol,
    min("start") AS began,
    max("end") AS ended,
    min(CASE WHEN forward THEN "start" END) AS began_a,
    min(CASE WHEN NOT forward THEN "start" END) AS began_b,
    count(*) AS records,
    sum(CASE WHEN forward THEN 1 ELSE 0 END) AS records_a,
    sum(CASE WHEN forward AND action = 'REJECT' THEN 1 ELSE 0 END) AS rejects_a,
    sum(CASE WHEN NOT forward AND action = 'REJECT' THEN 1 ELSE 0 END) AS rejects_b,
    sum(CASE WHEN forward AND counted THEN packets ELSE 0 END) AS packets_a,
    sum(CASE WHEN forward AND counted THEN bytes ELSE 0 END) AS bytes_a,
    sum(CASE WHEN NOT forward AND counted THEN packets ELSE 0 END) AS packets_b,
    sum(CASE WHEN NOT forward AND counted THEN bytes ELSE 0 END) AS bytes_b,
    bitwise_or_agg(CASE WHEN forward THEN tcp_flags END) AS flags_a,
    bitwise_or_agg(CASE WHEN NOT forward THEN tcp_flags END) AS flags_b,
    bool_or(counted) AS counted,
    bool_or(hears) AS hears
  FROM parts
  GROUP BY pair_id, port_a, port_b, protocol, part
),
guessed AS (
  SELECT
    s.*,
    p.address_a,
    p.address_b,
    p.network_a,
    p.network_b,
    p.scope_a,
    p.scope_b,
    p.own_a,
    p.own_b,
    p.seen_in,
    p.aggregation_interval,
    p.first_seen,
    p.last_seen,
    CASE WHEN strpos(p.address_a, ':') > 0 THEN 20 ELSE 0 END AS longer_header,
    CASE
      WHEN s.protocol = 6 AND bitwise_and(s.flags_b, 18) = 18 AND coalesce(bitwise_and(s.flags_a, 18), 0) <> 18 THEN 0.95E0
      WHEN s.protocol = 6 AND bitwise_and(s.flags_a, 18) = 18 AND coalesce(bitwise_and(s.flags_b, 18), 0) <> 18 THEN -0.95E0
      WHEN s.protocol = 6 AND bitwise_and(s.flags_a, 18) = 2 AND coalesce(bitwise_and(s.flags_b, 2), 0) = 0 THEN 0.95E0
      WHEN s.protocol = 6 AND bitwise_and(s.flags_b, 18) = 2 AND coalesce(bitwise_and(s.flags_a, 2), 0) = 0 THEN -0.95E0
      WHEN coalesce(s.port_a, 0) > 0 AND sb.port IS NOT NULL AND sa.port IS NULL THEN 0.8E0
      WHEN coalesce(s.port_b, 0) > 0 AND sa.port IS NOT NULL AND sb.port IS NULL THEN -0.8E0
      WHEN s.port_a >= 32768 AND s.port_b BETWEEN 1 AND 32767 THEN 0.7E0
      WHEN s.port_b >= 32768 AND s.port_a BETWEEN 1 AND 32767 THEN -0.7E0
      WHEN s.protocol = 6 AND s.records_a = s.records AND s.flags_a = 4 THEN -0.6E0
      WHEN s.protocol = 6 AND s.records_a = 0 AND s.flags_b = 4 THEN 0.6E0
      WHEN s.records_a = s.records THEN 0.6E0
      WHEN s.records_a = 0 THEN -0.6E0
      WHEN s.began_a < s.began_b THEN 0.5E0
      WHEN s.began_b < s.began_a THEN -0.5E0
      WHEN s.port_b < s.port_a THEN 0.4E0
      WHEN s.port_a < s.port_b THEN -0.4E0
      WHEN p.own_a AND NOT p.own_b THEN 0.2E0
      WHEN p.own_b AND NOT p.own_a THEN -0.2E0
      ELSE 0.1E0
    END AS client_guess
  FROM pieces s
  JOIN pairs p ON p.pair_id = s.pair_id
  LEFT JOIN services sa ON sa.port = s.port_a
  LEFT JOIN services sb ON sb.port = s.port_b
),
oriented AS (
  SELECT
    CASE WHEN client_guess > 0 THEN address_a ELSE address_b END AS client,
    CASE WHEN client_guess > 0 THEN address_b ELSE address_a END AS server,
    CASE WHEN client_guess > 0 THEN network_a ELSE network_b END AS client_network,
    CASE WHEN client_guess > 0 THEN network_b ELSE network_a END AS server_network,
    CASE WHEN client_guess > 0 THEN scope_a ELSE scope_b END AS client_scope,
    CASE WHEN client_guess > 0 THEN scope_b ELSE scope_a END AS server_scope,
    CASE WHEN client_guess > 0 THEN own_a ELSE own_b END AS client_own,
    CASE WHEN client_guess > 0 THEN own_b ELSE own_a END AS server_own,
    CASE WHEN client_guess > 0 THEN port_a ELSE port_b END AS client_port,
    CASE WHEN client_guess > 0 THEN port_b ELSE port_a END AS server_port,
    protocol,
    began AS "start",
    ended AS "end",
    CASE WHEN client_guess > 0 THEN packets_a ELSE packets_b END AS packets_to_server,
    CASE WHEN client_guess > 0 THEN bytes_a ELSE bytes_b END AS bytes_to_server,
    CASE WHEN client_guess > 0 THEN packets_b ELSE packets_a END AS packets_to_client,
    CASE WHEN client_guess > 0 THEN bytes_b ELSE bytes_a END AS bytes_to_client,
    CASE WHEN client_guess > 0 THEN flags_a ELSE flags_b END AS flags_to_server,
    CASE WHEN client_guess > 0 THEN flags_b ELSE flags_a END AS flags_to_client,
    records,
    CASE WHEN client_guess > 0 THEN records_a ELSE records - records_a END AS records_to_server,
    CASE WHEN client_guess > 0 THEN records - records_a ELSE records_a END AS records_to_client,
    CASE WHEN client_guess > 0 THEN rejects_a ELSE rejects_b END AS rejects_to_server,
    CASE WHEN client_guess > 0 THEN rejects_b ELSE rejects_a END AS rejects_to_client,
    abs(client_guess) AS client_confidence,
    seen_in,
    aggregation_interval,
    first_seen,
    last_seen,
    longer_header,
    counted,
    hears
  FROM guessed
)
SELECT
  CASE WHEN server_network <> '' THEN server_network WHEN client_network <> '' THEN client_network ELSE seen_in END AS network,
  client,
  client_network,
  client_scope,
  client_own,
  client_port,
  server,
  server_network,
  server_scope,
  server_own,
  server_port,
  protocol,
  "start",
  "end",
  CAST(least(packets_to_server, 9.2E18) AS bigint) AS packets_to_server,
  CAST(least(bytes_to_server, 9.2E18) AS bigint) AS bytes_to_server,
  CAST(least(packets_to_client, 9.2E18) AS bigint) AS packets_to_client,
  CAST(least(bytes_to_client, 9.2E18) AS bigint) AS bytes_to_client,
  flags_to_server,
  flags_to_client,
  records,
  records_to_server,
  records_to_client,
  rejects_to_server,
  rejects_to_client,
  CASE
    WHEN records_to_server = 0 THEN 'reply-only'
    WHEN records_to_client > 2 * rejects_to_client
      AND (protocol <> 6 OR bytes_to_client > packets_to_client * (40 + longer_header) OR packets_to_client > 10 OR packets_to_client = 0)
    THEN 'answered'
    WHEN rejects_to_server > 0 THEN 'rejected'
    WHEN rejects_to_client > 0 THEN 'reply-rejected'
    WHEN records_to_client > 0 THEN 'refused'
    WHEN hears OR flags_to_server = 2 AND bytes_to_server <= packets_to_server * (60 + longer_header) THEN 'unanswered'
    ELSE 'unknown'
  END AS outcome,
  records_to_server > 0 AND (protocol <> 6 OR flags_to_server IS NULL OR bitwise_and(flags_to_server, 2) = 2) AS opened,
  CASE
    WHEN protocol = 6 AND flags_to_server IS NOT NULL THEN bitwise_and(flags_to_server, 2) = 0
    ELSE "start" < first_seen + aggregation_interval
  END AS open_start,
  "end" > last_seen - aggregation_interval
    AND coalesce(bitwise_and(flags_to_server, 5), 0) = 0 AND coalesce(bitwise_and(flags_to_client, 5), 0) = 0 AS open_end,
  client_confidence,
  counted
FROM oriented
