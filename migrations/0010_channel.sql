-- How the customer was reached; `call` is 0 where no call carries it.
ALTER TABLE interaction ADD COLUMN channel TEXT NOT NULL DEFAULT 'call';
ALTER TABLE activity ADD COLUMN channel TEXT NOT NULL DEFAULT 'call';
