create table lines (id int);
