-- Hundreds of tries to log in by RDP, and then a session that lasts.
INSERT INTO planted BY NAME
FROM guesses_at(3389, 'accepted', whole(11, 20, 50), whole(12, 2500, 7800));

INSERT INTO planted BY NAME
FROM break_in(3389);
