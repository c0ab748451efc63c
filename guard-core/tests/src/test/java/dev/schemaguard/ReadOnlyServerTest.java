// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.PostgresServer;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that no migration can write to is a no-go, and a replica is not told to migrate. */
class ReadOnlyServerTest {

  private static final int READ_ONLY = 13;

  @TempDir private static Path folder;

  @Nested
  class AStandbyOfPostgres {

    @Test
    void isNoGoAndItsAdviceIsToAskThePrimaryServer() throws IOException {
      try (PostgresServer server = standbyAt(9)) {
        DataSource standby = server.database().dataSource();

        Preflight preflight = noGo(standby, "0.6.1", "it is a standby in recovery");
        assertThat(preflight.actions()).singleElement().asString().contains("targetServerType");

        MigrationStatus status = check(standby, "0.6.1");
        assertThat(status.problem().code()).isEqualTo("GUARD-BEHIND");
        assertThat(status.problem().why()).contains("a standby in recovery");
        assertThat(status.problem().actions().get(0))
            .isEqualTo("wait until the replica has caught up, if the primary server is migrated");
        assertThat(status.problem().actions())
            .noneMatch(action -> action.contains("migrations on this database"))
            .anyMatch(action -> action.contains("targetServerType=primary"))
            .anyMatch(action -> action.contains("migrations on the primary server"));
      }
    }

    @Test
    void isNoGoAlsoIfWhatIsPendingIsNotRequiredYet() throws IOException {
      try (PostgresServer server = standbyAt(10)) {
        DataSource standby = server.database().dataSource();

        noGo(standby, "0.6.0", "it is a standby in recovery");
        assertThat(check(standby, "0.6.0").verdict()).isEqualTo(Verdict.BEHIND_COMPATIBLE);
      }
    }

    @Test
    void isGoWithANoteIfNothingIsPending() throws IOException {
      try (PostgresServer server = standbyAt(12)) {
        go(server.database().dataSource(), "a standby in recovery");
      }
    }

    @Test
    void isNoGoForAFreshDatabase() throws IOException {
      try (PostgresServer server = standbyAt(0)) {
        noGo(server.database().dataSource(), "0.6.1", "it is a standby in recovery");
        assertThat(check(server.database().dataSource(), "0.6.1").problem().actions().get(0))
            .startsWith("wait until the replica has caught up");
      }
    }

    private static PostgresServer standbyAt(int revisions) throws IOException {
      PostgresServer server = PostgresServer.started();
      if (revisions > 0) {
        Statewave.update(server.database().dataSource(), revisions);
      }
      server.stop();
      server.startAsStandby();
      return server;
    }
  }

  @Nested
  class ASettingOfPostgres {

    private final TestDatabase database = Postgres.database();

    @Test
    void ofTheServerIsNoGo() throws IOException, SQLException {
      try (PostgresServer server = PostgresServer.started()) {
        TestDatabase own = server.database();
        Statewave.update(own.dataSource(), 9);
        own.execute(
            "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
        noGo(own.dataSource(), "0.6.1", "is on in the server's configuration");
        own.execute(
            "SET default_transaction_read_only = off",
            "ALTER ROLE ALL SET default_transaction_read_only = off");
        assertThat(own.value("SHOW default_transaction_read_only")).isEqualTo("off");
        assertThat(preflight(own.dataSource(), "0.6.1").exitCode()).isZero();

        own.execute(
            "ALTER SYSTEM RESET default_transaction_read_only",
            "SELECT pg_reload_conf()",
            "ALTER ROLE ALL SET default_transaction_read_only = on");
        Preflight preflight = noGo(own.dataSource(), "0.6.1", "is on for all roles");
        follow(own, preflight.actions().get(0));
        assertThat(preflight(own.dataSource(), "0.6.1").exitCode()).isZero();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "TRUE", "yes", "1", "t"})
    void ofTheDatabaseIsNoGo(String value) throws SQLException {
      Statewave.update(database.dataSource(), 9);
      set("DATABASE %s SET default_transaction_read_only = '" + value + "'");

      Preflight preflight =
          noGo(database.dataSource(), "0.6.1", "is on for the database " + name());
      assertThat(preflight.actions().get(0))
          .contains("ALTER DATABASE \"" + name() + "\" RESET default_transaction_read_only");
      follow(database, check(database.dataSource(), "0.6.1").problem().actions().get(0));
      assertThat(preflight(database.dataSource(), "0.6.1").exitCode()).isZero();
    }

    @Test
    void ofTheDatabaseIsNoGoAlsoForARoleWithoutIt() throws SQLException {
      Statewave.update(database.dataSource(), 9);
      String role = reader();
      set("ROLE %2$s SET default_transaction_read_only = off", role);
      set("DATABASE %s SET default_transaction_read_only = on");

      noGo(database.as(role, role), "0.6.1", "is on for the database");
    }

    @Test
    void ofTheDatabaseIsNoGoAlsoForARoleThatHasItItself() throws SQLException {
      Statewave.update(database.dataSource(), 9);
      String role = reader();
      set("ROLE %2$s SET default_transaction_read_only = on", role);
      set("DATABASE %s SET default_transaction_read_only = on");

      noGo(database.as(role, role), "0.6.1", "is on for the database");
    }

    @Test
    void ofTheDatabaseIsGoWithANoteIfNothingIsPending() throws SQLException {
      Statewave.update(database.dataSource(), 12);
      set("DATABASE %s SET default_transaction_read_only = on");

      go(database.dataSource(), "is on for the database");
    }

    @Test
    void ofTheRoleIsOnlyANote() throws SQLException {
      Statewave.update(database.dataSource(), 9);
      String role = reader();
      set("ROLE %2$s SET default_transaction_read_only = on", role);

      go(database.as(role, role), "on for this role or session");
      assertThat(check(database.as(role, role), "0.6.1").problem().actions())
          .first()
          .asString()
          .contains("migrations on this database");
    }

    @Test
    void ofTheSessionIsOnlyANote() {
      Statewave.update(database.dataSource(), 9);

      String options = "?options=-c%20default_transaction_read_only=on";
      go(database.withUrl(database.url() + options).dataSource(), "role or session");
    }

    @Test
    void ofTheDriverOrThePoolIsOnlyANote() {
      Statewave.update(database.dataSource(), 9);

      go(database.withUrl(database.url() + "?readOnly=true").dataSource(), "set to read-only");
      HikariConfig config = new HikariConfig();
      config.setDataSource(database.dataSource());
      config.setReadOnly(true);
      try (HikariDataSource pool = new HikariDataSource(config)) {
        go(pool, "set to read-only");
      }
    }

    /** Runs the statements of an action in a new session, which is read-only as well. */
    private static void follow(TestDatabase database, String action) throws SQLException {
      assertThat(action).startsWith("run ").endsWith(", if it should take writes");
      database.execute(action.substring("run ".length(), action.lastIndexOf(',')));
    }

    private String reader() throws SQLException {
      String role = Postgres.role("reader");
      database.execute("GRANT SELECT ON databasechangelog TO " + role);
      return role;
    }

    private String name() throws SQLException {
      return database.value("SELECT current_database()");
    }

    private void set(String change, String... role) throws SQLException {
      database.execute(
          "ALTER " + (role.length == 0 ? change.formatted(name()) : change.formatted("", role[0])));
    }
  }

  @Nested
  @RequiresMariaDb
  class AServerOfMariaDb {

    private final TestDatabase database = MariaDb.database();

    @ParameterizedTest
    @ValueSource(strings = {"read_only", "tx_read_only"})
    void thatIsSetToReadOnlyIsNoGo(String variable) throws SQLException {
      Statewave.update(database.dataSource(), 9);
      database.execute("SET GLOBAL " + variable + " = 1");
      try {
        Preflight preflight = noGo(database.dataSource(), "0.6.1", variable + " is on");
        assertThat(preflight.actions().get(0)).startsWith("ask the primary server");
        assertThat(check(database.dataSource(), "0.6.1").problem().actions())
            .first()
            .asString()
            .startsWith("ask the primary server");
      } finally {
        database.execute("SET GLOBAL " + variable + " = 0");
      }
    }

    @Test
    void thatIsNotIsGo() {
      Statewave.update(database.dataSource(), 9);

      Preflight preflight = preflight(database.dataSource(), "0.6.1");
      assertThat(preflight.go()).isTrue();
      assertThat(preflight.status().notes()).noneMatch(note -> note.contains("read-only"));
    }

    @Test
    void isOnlyNotedForASessionOfItsOwn() {
      Statewave.update(database.dataSource(), 9);

      String url = database.url() + "?sessionVariables=tx_read_only=1";
      go(database.withUrl(url).dataSource(), "this session is set to read-only");
    }
  }

  @Nested
  @RequiresMySql
  class AServerOfMySql {

    private final TestDatabase database = MySql.database();

    @ParameterizedTest
    @ValueSource(strings = {"super_read_only", "read_only", "transaction_read_only"})
    void thatIsSetToReadOnlyIsNoGo(String variable) throws SQLException {
      Statewave.update(database.dataSource(), 9);
      database.execute("SET GLOBAL " + variable + " = 1");
      try {
        Preflight preflight = noGo(database.dataSource(), "0.6.1", variable + " is on");
        assertThat(preflight.actions().get(0)).startsWith("ask the primary server");
      } finally {
        database.execute("SET GLOBAL " + variable + " = 0", "SET GLOBAL read_only = 0");
      }
    }

    @Test
    void isOnlyNotedForASessionOfItsOwn() {
      Statewave.update(database.dataSource(), 9);

      String url = database.url() + "&sessionVariables=transaction_read_only=1";
      go(database.withUrl(url).dataSource(), "this session is set to read-only");
    }
  }

  @Nested
  class AFileOfH2 {

    @Test
    void thatIsOpenedToReadIsNoGo() {
      String url = "jdbc:h2:file:" + folder.resolve("pending");
      Statewave.update(h2(url), 9);

      noGo(h2(url + ";ACCESS_MODE_DATA=r"), "0.6.1", "opened read-only");
      assertThat(check(h2(url + ";ACCESS_MODE_DATA=r"), "0.6.1").problem().actions().get(0))
          .startsWith("open it with the URL and the user that the migrator has");
    }

    @Test
    void thatIsOpenedToReadIsGoWithANoteIfNothingIsPending() {
      String url = "jdbc:h2:file:" + folder.resolve("done");
      Statewave.update(h2(url), 12);

      go(h2(url + ";ACCESS_MODE_DATA=r"), "opened read-only");
    }

    private static DataSource h2(String url) {
      return SimpleDataSource.of(url, "sa", "");
    }
  }

  @Nested
  class OfManyTenants {

    @Test
    void theFirstThatHasAPendingMigrationDecides() throws SQLException {
      TestDatabase done = Postgres.database();
      TestDatabase pending = Postgres.database();
      Statewave.update(done.dataSource(), 12);
      Statewave.update(pending.dataSource(), 9);
      pending.execute(
          "ALTER DATABASE %s SET default_transaction_read_only = on"
              .formatted(pending.value("SELECT current_database()")));

      Preflight preflight =
          Statewave.guard(done.dataSource(), "0.6.1")
              .tenants(
                  Tenants.databases(
                      Map.of("done", done.dataSource(), "open", pending.dataSource())))
              .build()
              .preflight();

      assertThat(preflight.exitCode()).isEqualTo(READ_ONLY);
      assertThat(preflight.reason()).startsWith("1 of 2 tenants: open: the server takes no writes");
      assertThat(preflight.actions()).isNotEmpty();
    }
  }

  private static Preflight noGo(DataSource dataSource, String version, String reason) {
    Preflight preflight = preflight(dataSource, version);
    assertThat(preflight.exitCode()).as(preflight.toString()).isEqualTo(READ_ONLY);
    assertThat(preflight.go()).isFalse();
    assertThat(preflight.reason()).startsWith("the server takes no writes: ").contains(reason);
    assertThat(preflight.status().notes()).anyMatch(note -> note.contains(reason));
    return preflight;
  }

  private static void go(DataSource dataSource, String note) {
    Preflight preflight = preflight(dataSource, "0.6.1");
    assertThat(preflight.exitCode()).as(preflight.toString()).isZero();
    List<String> notes = preflight.status().notes();
    assertThat(notes).anyMatch(one -> one.contains(note));
  }

  private static Preflight preflight(DataSource dataSource, String version) {
    return Statewave.guard(dataSource, version).build().preflight();
  }

  private static MigrationStatus check(DataSource dataSource, String version) {
    return Statewave.guard(dataSource, version).build().check();
  }
}
