-- Whom and what a case of a scenario is drawn from: each has hosts and strangers that no other case of its scenario has.
-- Variables, of the simulation: seed; of the case: case_key, six, benign, and hosts_from and strangers_from, its first ones.

-- A number in [0, 1) of this case, by what is drawn, and for which of several things. Up to 9 the macros below draw.
CREATE MACRO luck
  (draw)      AS chance(100 + draw, getvariable('case_key')),
  (draw, nth) AS chance(100 + draw, getvariable('case_key') + nth);

-- A whole number from low to high, all as likely, or small ones far likelier.
CREATE MACRO whole
  (draw, low, high)      AS low + floor((high + 1 - low) * luck(draw))::BIGINT,
  (draw, low, high, nth) AS low + floor((high + 1 - low) * luck(draw, nth))::BIGINT;
CREATE MACRO mostly_low
  (draw, low, high)      AS floor(heavy(low, high, luck(draw)))::BIGINT,
  (draw, low, high, nth) AS floor(heavy(low, high, luck(draw, nth)))::BIGINT;

CREATE MACRO pick
  (draw, list)      AS list[1 + floor(len(list) * luck(draw))::BIGINT],
  (draw, list, nth) AS list[1 + floor(len(list) * luck(draw, nth))::BIGINT];

-- A time on the last day from which on there are so many seconds left of it.
CREATE MACRO begin_of(seconds) AS
  at_hour(0) + 60 + floor((86280 - seconds) * luck(1))::BIGINT;

-- How many days a habit has been seen, up to today: three at most, so that it does not drown all else.
CREATE MACRO habit_days() AS
  least(3, (getvariable('finish') - getvariable('start')) // 86400);

-- Midnight so many days before the last day, and of the first day of a habit.
CREATE MACRO days_ago(days) AS
  getvariable('finish') - (days + 1) * 86400;
CREATE MACRO habit_begins() AS
  getvariable('finish') - habit_days() * 86400;

-- How hosts of this case reach the outside.
CREATE MACRO outward() AS
  CASE WHEN getvariable('six') OR luck(2) < 0.4 THEN 'accepted' ELSE 'nat' END;

-- Every instance that has none yet gets an IPv6 address.
INSERT INTO ends BY NAME
SELECT
  3000000 + eni AS id, role || '-six' AS role, nth,
  '3fff:10:' || lower(to_hex(4096 + eni // 256)) || '::' || lower(to_hex(eni)) AS address,
  eni
FROM interfaces
WHERE role IN ('web', 'app', 'db') AND eni NOT IN (SELECT eni FROM ends WHERE contains(address, ':') AND eni IS NOT NULL);

CREATE TABLE instances AS
SELECT four.id, six.id AS id6, four.role, four.nth
FROM ends AS four
JOIN ends AS six ON six.eni = four.eni AND contains(six.address, ':')
WHERE four.role IN ('web', 'app', 'db');

-- The instances to draw from. The first ones of each tier have parts in the scenarios' first cases; a third is for what is benign.
CREATE TABLE hosts AS
WITH shuffled AS (
  SELECT *, row_number() OVER (ORDER BY chance(60, id)) % 3 = 0 AS benign
  FROM instances
  WHERE nth >= 5
)
SELECT
  id, id6, benign,
  row_number() OVER (PARTITION BY benign ORDER BY chance(60, id)) - 1 AS position,
  count(*) OVER (PARTITION BY benign) AS members
FROM shuffled;

CREATE MACRO host(nth) AS (
  SELECT CASE WHEN getvariable('six') THEN id6 ELSE id END
  FROM hosts
  WHERE benign = getvariable('benign') AND position = (getvariable('hosts_from') + nth) % members
);

-- So many instances other than the case's first two hosts; cases may have the same ones.
CREATE MACRO neighbours(amount) AS TABLE
SELECT
  row_number() OVER (ORDER BY luck(3, id)) - 1 AS nth,
  CASE WHEN getvariable('six') THEN id6 ELSE id END AS neighbour
FROM instances
WHERE neighbour IS DISTINCT FROM host(0) AND neighbour IS DISTINCT FROM host(1)
QUALIFY row_number() OVER (ORDER BY luck(3, id)) <= amount;

-- Strangers are numbered through all cases; each has an address of either kind.
CREATE MACRO outsider(nth) AS
  CASE WHEN getvariable('six') THEN 5000000 ELSE 4000000 END + getvariable('strangers_from') + nth;

CREATE MACRO strangers(first, members) AS TABLE
WITH numbered AS (
  -- Scattered over half a /16 by an odd factor, so that no two are at the same place.
  SELECT stranger, (stranger * 12289 + floor(32768 * chance(61, 0))::BIGINT) % 32768 AS place
  FROM range(first, first + members) AS t (stranger)
)
SELECT 4000000 + stranger AS id, 'stranger' AS role, stranger AS nth, '198.18.' || 128 + place // 256 || '.' || place % 256 AS address
FROM numbered
UNION ALL
SELECT
  5000000 + stranger, 'stranger6', stranger,
  '3fff:3:' || lower(to_hex(1 + stranger)) || '::' || lower(to_hex(1 + whole(4, 0, 65533, stranger)))
FROM numbered;

-- One of the many who visit the load balancer, for crowds: cases may have the same ones.
CREATE MACRO crowd() AS
  CASE WHEN getvariable('six') THEN 'visitor6' ELSE 'visitor' END;
CREATE MACRO passer_by(nth) AS
  (SELECT first FROM pools WHERE pool = crowd()) + (whole(5, 0, 19999) + nth * 7) % (SELECT members FROM pools WHERE pool = crowd());
