-- Hundreds of tries to log in at a database, and then a session that lasts.
INSERT INTO planted BY NAME
FROM guesses_at(pick(13, [5432, 3306, 1433, 1521, 27017, 6379]), 'accepted', whole(11, 8, 20), whole(12, 700, 2400));

INSERT INTO planted BY NAME
FROM break_in(pick(13, [5432, 3306, 1433, 1521, 27017, 6379]));
