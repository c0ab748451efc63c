--liquibase formatted sql
-- SPDX-License-Identifier: Apache-2.0

--changeset carol:1
--comment: Prices, in formatted SQL
CREATE TABLE prices (id INT);
--rollback DROP TABLE prices;

--changeset carol:2 runOnChange:true
CREATE OR REPLACE VIEW price_ids AS SELECT id FROM prices;

--changeset dave:2 dbms:postgresql
CREATE TABLE never_on_h2 (id INT);

--changeset dave:3
--preconditions onFail:CONTINUE onError:HALT
--precondition-sql-check expectedResult:1 SELECT COUNT(*) FROM prices WHERE id = 0
INSERT INTO prices VALUES (1);
