CREATE TABLE raw_sql (id INT)
