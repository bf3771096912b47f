-- Hundreds of tries to log in by SSH, and then a session that lasts.
INSERT INTO planted BY NAME
FROM guesses_at(22, 'accepted', whole(11, 11, 50), whole(12, 1500, 5000));

INSERT INTO planted BY NAME
FROM break_in(22);
