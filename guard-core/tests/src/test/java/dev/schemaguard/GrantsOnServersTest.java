// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests roles of MySQL and MariaDB that lack a right: the grant is run exactly as the problem
 * prints it, and must give the right on this table only.
 */
class GrantsOnServersTest {

  private static final String PATH = "db/changelog/master.xml";
  private static final AtomicInteger COUNT = new AtomicInteger();

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends Contract {
    OnMariaDb() {
      super(MariaDb.database());
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql extends Contract {
    OnMySql() {
      super(MySql.database());
    }
  }

  @Nested
  @RequiresMySql
  class OnMySqlByMariaDbsDriver extends Contract {
    OnMySqlByMariaDbsDriver() {
      super(MySql.byMariaDbDriver(MySql.database()));
    }
  }

  /** The tests that are the same for both products and drivers. */
  abstract static class Contract {

    private final TestDatabase administrator;
    private final String user = "reader" + COUNT.incrementAndGet();

    Contract(TestDatabase administrator) {
      this.administrator = administrator;
    }

    /** Names with characters that are a pattern in a grant on a whole database. */
    @ParameterizedTest
    @ValueSource(strings = {"a_b", "a%b", "a-b"})
    void theGrantIsForThisDatabaseAlone(String name) throws SQLException {
      TestDatabase database = created(COUNT.incrementAndGet() + name);
      TestDatabase sibling = created(name(database).replaceAll("[-_%]", "x"));
      migrate(database);
      migrate(sibling);
      createUser("%");
      grant("EXECUTE ON " + quoted(name(database)) + ".*");
      grant("EXECUTE ON " + quoted(name(sibling)) + ".*");

      follow(database);

      assertThat(check(database).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertPermission(check(sibling));
      administrator.execute(
          "DROP DATABASE " + quoted(name(database)), "DROP DATABASE " + quoted(name(sibling)));
    }

    private TestDatabase created(String name) throws SQLException {
      administrator.execute("CREATE DATABASE " + quoted(name));
      return administrator.named(
          administrator.url().startsWith("jdbc:mysql:") ? name.replace("%", "%25") : name);
    }

    /** The name of the database, which the URL of MySQL's driver encodes. */
    private static String name(TestDatabase database) {
      return database.name().replace("%25", "%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"o'neil", "o`neil", "o\"neil", "o@neil", "o neil"})
    void theRoleIsNamedAsTheServerNeedsIt(String name) throws SQLException {
      migrate(administrator);
      String role = name + COUNT.incrementAndGet();
      administrator.execute(
          "CREATE USER %s@'localhost' IDENTIFIED BY 'reader'".formatted(quoted(role)),
          "GRANT EXECUTE ON %s.* TO %s@'localhost'"
              .formatted(quoted(administrator.name()), quoted(role)));
      try (SchemaGuard guard = guard(new TestDatabase(administrator.url(), role, "reader"))) {
        MigrationStatus status = guard.check();
        assertPermission(status);
        administrator.execute(status.problem().actions().get(0));
        assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      } finally {
        administrator.execute("DROP USER %s@'localhost'".formatted(quoted(role)));
      }
    }

    /** The administrator's session need not have the settings of the application's. */
    @ParameterizedTest
    @ValueSource(strings = {"ANSI_QUOTES", "ANSI,NO_BACKSLASH_ESCAPES"})
    void theGrantDoesNotDependOnHowTheSessionQuotes(String mode) throws SQLException {
      migrate(administrator);
      createUser("%");
      grant("EXECUTE ON " + quoted(administrator.name()) + ".*");
      String url = administrator.url();
      TestDatabase ansi =
          administrator.withUrl(
              url + (url.contains("?") ? "&" : "?") + "sessionVariables=sql_mode='" + mode + "'");

      follow(ansi);

      assertThat(check(ansi).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aRightOnSomeColumnsIsNotEnoughAndTheGrantIsShown() throws SQLException {
      migrate(administrator);
      createUser("%");
      grant("SELECT (ID, AUTHOR) ON " + quoted(administrator.name()) + ".DATABASECHANGELOG");

      follow(administrator);

      assertThat(check(administrator).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRoleThatSeesNoTableIsNeverToldThatTheDatabaseIsFresh(boolean migrated)
        throws SQLException {
      if (migrated) {
        migrate(administrator);
      }
      createUser("%");
      grant("EXECUTE ON " + quoted(administrator.name()) + ".*");
      TestDatabase reader = new TestDatabase(administrator.url(), user, user);
      assertThat(reader.rows("SELECT TABLE_NAME FROM information_schema.TABLES"))
          .noneMatch(table -> table.toUpperCase(Locale.ROOT).contains("CHANGELOG"));

      for (Tool tool : Tool.values()) {
        if (tool != Tool.TABLE) {
          try (SchemaGuard guard = builder(reader).tool(tool).build()) {
            assertPermission(guard.check());
            assertThat(guard.preflight().exitCode()).isEqualTo(8);
          }
        }
      }
    }

    @Test
    void aRightOnTheWholeDatabaseProvesThatItIsFresh() throws SQLException {
      createUser("%");
      grant("SELECT ON " + quoted(administrator.name()) + ".*");

      assertThat(check(administrator).verdict()).isEqualTo(Verdict.UNINITIALIZED);
    }

    private void createUser(String host) throws SQLException {
      administrator.execute(
          "DROP USER IF EXISTS `%s`@`%s`".formatted(user, host),
          "CREATE USER `%s`@`%s` IDENTIFIED BY '%s'".formatted(user, host, user));
    }

    private void grant(String right) throws SQLException {
      administrator.execute("GRANT %s TO `%s`@`%%`".formatted(right, user));
    }

    private void follow(TestDatabase database) throws SQLException {
      MigrationStatus status = check(database);
      assertPermission(status);
      administrator.execute(status.problem().actions().get(0));
    }

    private MigrationStatus check(TestDatabase database) {
      try (SchemaGuard guard = guard(new TestDatabase(database.url(), user, user))) {
        return guard.check();
      }
    }

    private static void migrate(TestDatabase database) {
      LiquibaseRun.ofChangesets(database.dataSource(), PATH, "a").update();
    }
  }

  private static void assertPermission(MigrationStatus status) {
    assertThat(status.problem().code())
        .as(status.summary())
        .isEqualTo("GUARD-UNREADABLE-PERMISSION");
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static SchemaGuard guard(TestDatabase database) {
    return builder(database).build();
  }

  private static SchemaGuardBuilder builder(TestDatabase database) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(PATH + "::a::tester\n", "chain")))
        .environment(variable -> null);
  }
}
