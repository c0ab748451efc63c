CREATE TABLE orders (id int PRIMARY KEY, note varchar(100));
