ALTER TABLE orders ADD COLUMN total decimal(10,2);
