-- The one person whom a key was issued for; nobody in particular where it is null.
ALTER TABLE keys ADD COLUMN person TEXT;
