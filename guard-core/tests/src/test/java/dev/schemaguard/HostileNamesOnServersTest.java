// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.report.CompatibilityGrid;
import dev.schemaguard.report.StatusPage;
import dev.schemaguard.report.UnavailablePage;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RecordedLog;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Names of schemas, tables, roles, tenants, applications and migrations that would command a
 * terminal, forge a line of a log or run in a browser, on servers with their own rules for names.
 */
class HostileNamesOnServersTest {

  /** Clears a screen, turns the direction, breaks the line; short enough for an identifier. */
  private static final String HOSTILE = "t\u001b[2J\u202e\u009b\n\u2714 GO\u2028<b>[a](b)`e`";

  private static final HistoryLocation LOCATION =
      new HistoryLocation(HOSTILE, HOSTILE + "log", HOSTILE + "lock");

  @Test
  void onPostgresqlAreShownWithoutTheirCommands() throws SQLException {
    TestDatabase database = Postgres.database();
    String role = Postgres.role(HOSTILE);
    assertShownWithoutCommands(database, '"', role);
  }

  @Test
  @RequiresMariaDb
  void onMariaDbAreShownWithoutTheirCommands() throws SQLException {
    TestDatabase database = MariaDb.database();
    String role = "reader" + database.value("SELECT DATABASE()");
    database.execute("CREATE USER " + quoted(role, '`') + " IDENTIFIED BY '" + role + "'");
    database.execute(
        "GRANT SELECT ON " + database.value("SELECT DATABASE()") + ".* TO " + quoted(role, '`'));
    database.execute("DROP DATABASE IF EXISTS " + quoted(HOSTILE, '`'));
    assertShownWithoutCommands(database, '`', role);
    database.execute("DROP DATABASE " + quoted(HOSTILE, '`'));
  }

  @Test
  @RequiresMySql
  void onMySqlAreShownWithoutTheirCommands() throws SQLException {
    TestDatabase database = MySql.database();
    String role = "reader" + MySql.name(database);
    database.execute("CREATE USER " + quoted(role, '`') + " IDENTIFIED BY '" + role + "'");
    database.execute("GRANT SELECT ON " + MySql.name(database) + ".* TO " + quoted(role, '`'));
    database.execute("DROP DATABASE IF EXISTS " + quoted(HOSTILE, '`'));
    assertShownWithoutCommands(database, '`', role);
    database.execute("DROP DATABASE " + quoted(HOSTILE, '`'));
  }

  private static void assertShownWithoutCommands(TestDatabase database, char quote, String role)
      throws SQLException {
    Statewave.update(database.dataSource(), 9);
    String schema = quoted(HOSTILE, quote);
    String table = schema + "." + quoted(LOCATION.table(), quote);
    String lock = schema + "." + quoted(LOCATION.lockTable(), quote);
    database.execute(
        "CREATE SCHEMA " + schema,
        "CREATE TABLE " + table + " AS SELECT * FROM " + name(database, "databasechangelog"),
        "CREATE TABLE " + lock + " AS SELECT * FROM " + name(database, "databasechangeloglock"));

    assertPrintable(guard(database.dataSource(), "0.5.0").history(LOCATION), Verdict.UP_TO_DATE);
    assertPrintable(guard(database.as(role, role), "0.5.0").history(LOCATION), Verdict.UNREADABLE);
    add(database, table, "EXECUTED");
    hold(database, lock);
    assertPrintable(guard(database.dataSource(), "0.5.0").history(LOCATION), Verdict.AHEAD_UNKNOWN);
    assertPrintable(guard(database.dataSource(), "0.6.1").history(LOCATION), Verdict.BEHIND);
    add(database, table, "FAILED");
    assertPrintable(guard(database.dataSource(), "0.5.0").history(LOCATION), Verdict.FAILED);
    assertPrintable(
        guard(database.dataSource(), "0.5.0")
            .history(new HistoryLocation(null, LOCATION.table(), LOCATION.lockTable()))
            .tenants(Tenants.schemas("t\u001b%")),
        Verdict.FAILED);
  }

  private static SchemaGuardBuilder guard(DataSource dataSource, String version) {
    return SchemaGuard.builder(dataSource)
        .matrix(Statewave.matrix())
        .applicationName(HOSTILE)
        .applicationVersion(version)
        .environmentName(HOSTILE)
        .environment(variable -> null);
  }

  /** Asserts it for the pages, the JSON and the texts of a status, and for the log. */
  private static void assertPrintable(SchemaGuardBuilder builder, Verdict verdict) {
    List<String> texts = new ArrayList<>();
    try (RecordedLog log = new RecordedLog();
        SchemaGuard guard = builder.build()) {
      MigrationStatus status = guard.checkWithLock();
      assertThat(status.verdict()).isEqualTo(verdict);
      CompatibilityMatrix matrix = Statewave.matrix();
      CompatibilityGrid grid = CompatibilityGrid.of(matrix);
      for (MigrationStatus shown : List.of(status, status.redacted())) {
        String page = StatusPage.live(grid, shown, Duration.ofSeconds(5), HOSTILE, null);
        assertThat(page).contains("t\\u001b[2J\\u202e\\u009b\\n✔ GO").doesNotContain("<b>[a]");
        texts.add(page);
        texts.add(UnavailablePage.of(shown, true, HOSTILE));
        texts.add(shown.toJson());
        assertThat(shown.summary()).doesNotContain("\n");
        if (shown.problem() != null) {
          texts.add(shown.problem().text("refused", null));
        }
      }
      guard.enforce();
      assertThat(log.lines()).isNotEmpty();
      texts.addAll(log.lines());
    }
    assertThat(texts)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}&&[^\n]]")
                    .doesNotContainPattern("(?m)^✔ GO"));
  }

  private static void add(TestDatabase database, String table, String outcome) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement row =
            connection.prepareStatement(
                "INSERT INTO "
                    + table
                    + " (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED, EXECTYPE, COMMENTS)"
                    + " VALUES (?, ?, ?, CURRENT_TIMESTAMP, 99, ?, ?)")) {
      row.setString(1, HOSTILE + outcome);
      row.setString(2, HOSTILE);
      row.setString(3, HOSTILE);
      row.setString(4, outcome);
      row.setString(5, "requires-app " + HOSTILE);
      row.execute();
    }
  }

  private static void hold(TestDatabase database, String lock) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement held =
            connection.prepareStatement(
                "UPDATE "
                    + lock
                    + " SET LOCKED = TRUE, LOCKGRANTED = CURRENT_TIMESTAMP, LOCKEDBY = ?")) {
      held.setString(1, HOSTILE);
      held.execute();
    }
  }

  /** The name of a table of Liquibase's, as the server writes it. */
  private static String name(TestDatabase database, String table) {
    return database.url().matches("jdbc:(mariadb|mysql):.*")
        ? table.toUpperCase(Locale.ROOT)
        : table;
  }

  private static String quoted(String name, char quote) {
    return quote + name.replace("" + quote, "" + quote + quote) + quote;
  }
}
