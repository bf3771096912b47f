guessed AS (
  SELECT
    s.*,
    p.aggregation_interval,
    p.records_from,
    p.records_until,
    CASE WHEN p.v6 THEN 20 ELSE 0 END AS longer_header,
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
      WHEN p.client_own AND NOT p.server_own THEN 0.2E0
      WHEN p.server_own AND NOT p.client_own THEN -0.2E0
      ELSE 0.1E0
    END AS client_guess
  FROM pieces s
  JOIN parties p ON p.parties_id = 2 * s.pair_id
  LEFT JOIN services sa ON sa.port = s.port_a
  LEFT JOIN services sb ON sb.port = s.port_b
),
oriented AS (
  SELECT
    CASE WHEN client_guess > 0 THEN 2 * pair_id ELSE 2 * pair_id + 1 END AS parties_id,
    CASE WHEN client_guess > 0 THEN port_a ELSE port_b END AS client_port,
    CASE WHEN client_guess > 0 THEN port_b ELSE port_a END AS server_port,
    protocol,
    coalesce(least(began_a, began_b), began_a, began_b) AS "start",
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
    aggregation_interval,
    records_from,
    records_until,
    longer_header,
    counted,
    hears,
    silence
  FROM guessed
)
SELECT
  parties_id,
  client_port,
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
    ELSE "start" < records_from + aggregation_interval
  END AS open_start,
  "end" > records_until - aggregation_interval
    AND coalesce(bitwise_and(flags_to_server, 5), 0) = 0 AND coalesce(bitwise_and(flags_to_client, 5), 0) = 0 AS open_end,
  client_confidence,
  counted,
  silence <= CASE WHEN protocol = 6 THEN 1800 ELSE greatest(180, aggregation_interval) END AS whole
FROM oriented
