// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of a statement come back from the database as they were, whatever is in them. */
class LiteralsTest {

  private static final List<String> HOSTILE =
      List.of(
          "",
          "it's",
          "''",
          "\\",
          "\\'",
          "\\' OR 1 = 1 -- ",
          "a'; DROP TABLE b; --",
          "?",
          "{fn now()}",
          "$1 :x %s",
          "/* */ -- \"`",
          "line\nbreak",
          "größe 移行 🚀");

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void arePlainTextOnPostgres(String standard) throws SQLException {
    assertUnchanged(Postgres.database(), "SET standard_conforming_strings = " + standard);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES"})
  @RequiresMariaDb
  void arePlainTextOnMariaDb(String mode) throws SQLException {
    assertUnchanged(MariaDb.database(), "SET sql_mode = '" + mode + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES"})
  @RequiresMySql
  void arePlainTextOnMySql(String mode) throws SQLException {
    assertUnchanged(MySql.database(), "SET sql_mode = '" + mode + "'");
  }

  @Test
  void arePlainTextOnH2() throws SQLException {
    assertUnchanged(H2.database(), "SET LOCK_TIMEOUT 1000");
  }

  private static void assertUnchanged(TestDatabase database, String setting) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(setting);
      }
      DatabaseSession session = new DatabaseSession(connection);
      for (String text : HOSTILE) {
        assertThat(session.query("SELECT ?", List.of(text), row -> row.getString(1)))
            .containsExactly(text);
      }
      assertThat(
              session.query(
                  "SELECT ?, '?', ? /* ? */ -- ?",
                  Arrays.asList(-7L, null),
                  row -> row.getLong(1) + row.getString(2) + row.getString(3)))
          .containsExactly("-7?null");
      assertThat(session.query("SELECT 1;", List.of(), row -> row.getLong(1))).containsExactly(1L);
    }
  }

  @Test
  void areAsManyAsTheirPlaces() {
    Literals literals = new Literals(Dialects.named("h2"));

    assertThatIllegalArgumentException().isThrownBy(() -> literals.in("? ?", List.of(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> literals.in("'?'", List.of(1)));
  }
}
