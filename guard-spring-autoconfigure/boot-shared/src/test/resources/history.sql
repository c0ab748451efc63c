-- SPDX-License-Identifier: Apache-2.0
create table DATABASECHANGELOG (ID varchar(255), AUTHOR varchar(255), FILENAME varchar(255), DATEEXECUTED timestamp, ORDEREXECUTED int, EXECTYPE varchar(10));
insert into DATABASECHANGELOG values ('0001_initial_schema', 'statewave', 'db/changelog/0001_initial_schema.yaml', current_timestamp, 1, 'EXECUTED');
