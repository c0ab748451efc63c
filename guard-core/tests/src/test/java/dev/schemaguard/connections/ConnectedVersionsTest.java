// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.connections.ConnectedVersions.Instances;
import dev.schemaguard.connections.ConnectedVersions.Visibility;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.PgBouncer;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.RequiresPgBouncer;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TaggedPools;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which versions are connected, as real servers tell it. */
class ConnectedVersionsTest {

  private final TaggedPools pools = new TaggedPools();

  @AfterEach
  void disconnect() {
    pools.close();
  }

  private static ConnectedVersions connectedVersions(DataSource dataSource) {
    try (SchemaGuard guard =
        Statewave.guard(dataSource, "0.6.1").timeout(Duration.ofSeconds(30)).build()) {
      return guard.connectedVersions();
    }
  }

  private static Instances statewave(String version, int connections) {
    return new Instances(ConnectionTag.of("statewave", version), connections);
  }

  @Nested
  class OnPostgres {

    private final TestDatabase database = Postgres.database();

    @BeforeEach
    void connect() throws SQLException {
      pools.statewave(database, "0.6.0", 3).statewave(database, "0.5.0", 1);
      pools.statewave(Postgres.database(), "0.4.0", 1);
    }

    @Test
    void versionsAreCountedInThisDatabaseAlone() {
      assertThat(connectedVersions(database.dataSource()))
          .isEqualTo(
              new ConnectedVersions(
                  Visibility.FULL,
                  List.of(statewave("0.5.0", 1), statewave("0.6.0", 3)),
                  0,
                  0,
                  null));
    }

    @Test
    void connectionsWithoutAMarkAreCountedApart() throws SQLException {
      try (Connection one = database.dataSource().getConnection();
          Connection two =
              database
                  .withUrl(database.url() + "?ApplicationName=psql")
                  .dataSource()
                  .getConnection()) {
        assertThat(connectedVersions(database.dataSource()).untagged()).isEqualTo(2);
        assertThat(one.isClosed() || two.isClosed()).isFalse();
      }
    }

    @Test
    void aRoleWithoutAnyRightSeesTheMarksOfOthers() throws SQLException {
      String role = Postgres.role("reader");

      ConnectedVersions connectedVersions = connectedVersions(database.as(role, role));

      assertThat(connectedVersions.isKnown()).isTrue();
      assertThat(connectedVersions.of("statewave"))
          .containsExactly(statewave("0.5.0", 1), statewave("0.6.0", 3));
      assertThat(connectedVersions.untagged()).isZero();
    }

    @Test
    void whereTheViewWasTakenAwayNothingIsSeenAndTheConnectionIsUsableStill() throws SQLException {
      database.execute("REVOKE SELECT ON pg_catalog.pg_stat_activity FROM PUBLIC");
      String role = Postgres.role("reader");
      try (Connection connection = database.as(role, role).getConnection()) {
        connection.setAutoCommit(false);
        DatabaseSession session = new DatabaseSession(connection);

        ConnectedVersions connectedVersions = session.dialect().connectedVersions(session);

        assertThat(connectedVersions.visibility()).isEqualTo(Visibility.NONE);
        assertThat(connectedVersions.notSeen())
            .contains("permission denied")
            .contains("GRANT SELECT ON pg_catalog.pg_stat_activity TO the role");
        assertThat(session.query("SELECT 1", List.of(), row -> row.getInt(1))).containsExactly(1);
        database.execute("GRANT SELECT ON pg_catalog.pg_stat_activity TO " + role);
        assertThat(session.dialect().connectedVersions(session).visibility())
            .isEqualTo(Visibility.FULL);
      }
    }

    @Test
    void anInstanceThatAsksIsOneOfThem() throws SQLException {
      Properties marked = new Properties();
      marked.setProperty("user", database.user());
      marked.putAll(ConnectionTag.of("statewave", "0.6.1").properties(database.url()));
      DataSource own =
          SimpleDataSource.of(() -> DriverManager.getConnection(database.url(), marked));

      assertThat(connectedVersions(own).instances()).contains(statewave("0.6.1", 1));
    }

    @Test
    void otherApplicationsAreToldApart() throws SQLException {
      pools.connect(database, ConnectionTag.of("fulcrum", "2.0"), 1);

      ConnectedVersions connectedVersions = connectedVersions(database.dataSource());

      assertThat(connectedVersions.instances()).hasSize(3);
      assertThat(connectedVersions.of("fulcrum")).hasSize(1);
      assertThat(connectedVersions.of("statewave")).hasSize(2);
    }

    @Test
    void whatCannotBeReachedIsNotSeen() {
      ConnectedVersions connectedVersions =
          connectedVersions(
              SimpleDataSource.of(
                  "jdbc:postgresql://localhost:1/none?connectTimeout=5", "nobody", "nobody"));

      assertThat(connectedVersions.visibility()).isEqualTo(Visibility.NONE);
      assertThat(connectedVersions.notSeen()).startsWith("the database cannot be asked: ");
    }
  }

  @Nested
  @RequiresPgBouncer
  class BehindAPooler {

    private final TestDatabase database = Postgres.database();

    @Test
    void aVersionMayBeMissingSoNotAllAreKnown() throws Exception {
      try (PgBouncer pooler = PgBouncer.start("default_pool_size = 1")) {
        TestDatabase pooled = pooler.of(database);
        pools.statewave(pooled, "0.5.0", 1).statewave(pooled, "0.6.0", 1);

        ConnectedVersions seen = connectedVersions(pooled.dataSource());

        assertThat(seen.visibility()).isEqualTo(Visibility.PARTIAL);
        assertThat(seen.isKnown()).isFalse();
        assertThat(seen.notSeen())
            .startsWith("this connection goes through a pooler")
            .endsWith("look at the deployment to see what is running");
        assertThat(seen.of("statewave")).as("both versions run").hasSizeLessThan(2);
      }
    }

    @Test
    void aVersionThatHasEndedIsShownOnTheServerItself() throws Exception {
      try (PgBouncer pooler = PgBouncer.start()) {
        pools.statewave(pooler.of(database), "0.5.0", 1).close();

        assertThat(connectedVersions(database.dataSource()).of("statewave"))
            .containsExactly(statewave("0.5.0", 1));
      }
    }
  }

  @Nested
  @RequiresMariaDb
  class OnMariaDb {

    @Test
    void versionsAreCountedWhereThePerformanceSchemaIsOn() throws SQLException {
      TestDatabase database = connected();

      ConnectedVersions connectedVersions = connectedVersions(database.dataSource());

      assertThat(connectedVersions)
          .isEqualTo(
              new ConnectedVersions(
                  Visibility.FULL,
                  List.of(statewave("0.5.0", 1), statewave("0.6.0", 2)),
                  0,
                  0,
                  null));
    }

    @Test
    void aGrantOnThePerformanceSchemaIsAllThatARoleNeeds() throws SQLException {
      TestDatabase database = connected();
      String role = role(database, "seer");
      database.execute("GRANT SELECT ON performance_schema.* TO " + role);

      assertThat(connectedVersions(database.as(role, role)).isKnown()).isTrue();
      assertThat(connectedVersions(database.as(role, role)).of("statewave")).hasSize(2);
    }

    @Test
    void withoutItARoleSeesItsOwnSessionsAndSaysSo() throws SQLException {
      TestDatabase database = connected();
      String role = role(database, "blind");
      pools.statewave(new TestDatabase(database.url(), role, role), "0.3.0", 2);

      ConnectedVersions connectedVersions = connectedVersions(database.as(role, role));

      assertThat(connectedVersions.visibility()).isEqualTo(Visibility.PARTIAL);
      assertThat(connectedVersions.isKnown()).isFalse();
      assertThat(connectedVersions.instances()).containsExactly(statewave("0.3.0", 2));
      assertThat(connectedVersions.notSeen()).contains("GRANT SELECT ON performance_schema.*");
    }

    @Test
    void nothingIsSeenWhereItIsOffAsItIsByDefault() throws SQLException {
      TestDatabase database = MariaDb.database();
      pools.statewave(database, "0.6.0", 1);
      String role = role(database, "off");

      for (DataSource each : new DataSource[] {database.dataSource(), database.as(role, role)}) {
        assertThat(connectedVersions(each).visibility()).isEqualTo(Visibility.NONE);
        assertThat(connectedVersions(each).notSeen()).contains("performance_schema=ON");
      }
    }

    private TestDatabase connected() throws SQLException {
      TestDatabase database = MariaDb.databaseWithPerformanceSchema();
      pools.statewave(database, "0.6.0", 2).statewave(database, "0.5.0", 1);
      pools.statewave(MariaDb.databaseWithPerformanceSchema(), "0.4.0", 1);
      return database;
    }

    private static String role(TestDatabase database, String prefix) throws SQLException {
      String schema = database.value("SELECT DATABASE()");
      String role = prefix + schema;
      database.execute(
          "CREATE USER %s IDENTIFIED BY '%s'".formatted(role, role),
          "GRANT SELECT ON %s.* TO %s".formatted(schema, role));
      return role;
    }
  }

  @Test
  void onH2NothingIsSeen() {
    assertThat(connectedVersions(H2.database().dataSource()))
        .isEqualTo(ConnectedVersions.unseen("connections cannot be distinguished on h2"));
  }

  @Test
  void whatWasNotSeenIsNullInJsonAndNotZero() {
    assertThat(ConnectedVersions.unseen("off").toJson())
        .contains("\"seen\": \"none\"", "\"instances\": null", "\"unmarked_connections\": null");
    assertThat(
            new ConnectedVersions(Visibility.FULL, List.of(statewave("1", 2)), 0, 0, null).toJson())
        .contains("\"unmarked_connections\": 0", "\"connections\": 2", "\"not_seen\": null");
  }

  @Nested
  @RequiresMySql
  class OnMySql {

    @Test
    void versionsAreCountedBecauseThePerformanceSchemaIsOnByDefault() throws SQLException {
      TestDatabase database = MySql.database();
      pools.statewave(database, "0.6.0", 2).statewave(database, "0.5.0", 1);
      pools.statewave(MySql.database(), "0.4.0", 1);

      assertThat(connectedVersions(database.dataSource()))
          .isEqualTo(
              new ConnectedVersions(
                  Visibility.FULL,
                  List.of(statewave("0.5.0", 1), statewave("0.6.0", 2)),
                  0,
                  0,
                  null));
    }

    /** A thread of the server itself, which uses the database as a session does. */
    @Test
    void anEventThatRunsIsNoConnection() throws SQLException {
      TestDatabase database = MySql.database();
      database.execute("CREATE EVENT nightly ON SCHEDULE AT CURRENT_TIMESTAMP DO DO SLEEP(30)");
      String running =
          "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE '%SLEEP(30)' AND DB = '"
              + database.name()
              + "'";
      Patience.until(
          "the event runs", Duration.ofSeconds(20), () -> !database.rows(running).isEmpty());
      try {
        assertThat(connectedVersions(database.dataSource()).untagged()).isZero();
        assertThat(database.rows(running)).isNotEmpty();
      } finally {
        database.execute("KILL " + database.value(running));
      }
    }

    @Test
    void aRoleWithoutTheGrantSeesItsOwnSessionsAndIsGivenTheGrant() throws SQLException {
      TestDatabase database = MySql.database();
      pools.statewave(database, "0.6.0", 1);
      String schema = MySql.name(database);
      String role = "reader" + schema;
      database.execute(
          "CREATE USER %s IDENTIFIED BY '%s'".formatted(role, role),
          "GRANT SELECT ON %s.* TO %s".formatted(schema, role));
      pools.statewave(new TestDatabase(database.url(), role, role), "0.3.0", 1);

      ConnectedVersions before = connectedVersions(database.as(role, role));
      database.execute("GRANT SELECT ON performance_schema.* TO " + role);
      ConnectedVersions after = connectedVersions(database.as(role, role));

      assertThat(before.visibility()).isEqualTo(Visibility.PARTIAL);
      assertThat(before.instances()).containsExactly(statewave("0.3.0", 1));
      assertThat(before.notSeen()).contains("GRANT SELECT ON performance_schema.*");
      assertThat(after.isKnown()).isTrue();
      assertThat(after.of("statewave")).hasSize(2);
    }
  }
}
