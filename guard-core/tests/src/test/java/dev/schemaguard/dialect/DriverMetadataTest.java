// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard knows about PostgreSQL without asking the driver equals what the driver says. */
class DriverMetadataTest {

  private final TestDatabase database = Postgres.database();

  @ParameterizedTest
  @ValueSource(
      strings = {"DATABASECHANGELOG", "FlyWay", "has blank", "1st", "Ärger", "", "a$b", "\"q\""})
  void namesAreFoldedAndQuotedAlike(String name) throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      DatabaseMetaData metaData = connection.getMetaData();

      assertThat(session.folded(name)).isEqualTo(UnquotedName.folded(metaData, name));
      String quote = metaData.getIdentifierQuoteString();
      assertThat(session.quoted(name))
          .isEqualTo(quote + name.replace(quote, quote + quote) + quote);
    }
  }

  @Test
  void theProductIsRecognizedBehindAPoolToo() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection pooled = pool.getConnection();
        Connection own = database.dataSource().getConnection()) {
      assertThat(new DatabaseSession(pooled).dbms()).isEqualTo("postgresql");
      assertThat(new DatabaseSession(own).dbms()).isEqualTo("postgresql");
    }
  }
}
