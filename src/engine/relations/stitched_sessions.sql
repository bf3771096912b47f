-- One row: a session, its two hosts by their parties_id. Both sides have the columns of parts/session_verdict.
SELECT *
FROM five_tuples
WHERE whole
UNION ALL
SELECT *
FROM split_sessions
