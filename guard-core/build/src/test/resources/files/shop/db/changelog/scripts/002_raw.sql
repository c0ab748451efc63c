-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE raw_sql (id INT)
