// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.TaggedPools;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What an operator finds: the database {@code statewave}, brought to a state, and who uses it. */
final class RunbookEnvironment implements AutoCloseable {

  /** The index of the last migration, which somebody has made elsewhere. */
  private static final String IN_THE_WAY =
      "CREATE INDEX idx_health_cache_expiry ON rate_limits (tenant_id)";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestDatabase server;
  private final MigrationTool tool;
  private final Path folder;
  private final TestDatabase database;
  private final Map<Integer, String> templates = new HashMap<>();
  private final TaggedPools connectedVersions = new TaggedPools();
  private final List<Connection> sessions = new ArrayList<>();
  private String properties = "";
  private int lockingSession = 4711;
  private CompletableFuture<Void> migrating = CompletableFuture.completedFuture(null);

  /**
   * A landscape.
   *
   * @param server the server, by its database {@code postgres}
   * @param folder where the release lies
   */
  RunbookEnvironment(TestDatabase server, MigrationTool tool, Path folder) throws IOException {
    this.server = server;
    this.tool = tool;
    this.folder = folder;
    database = named("statewave");
    tool.layOut(folder);
  }

  private TestDatabase named(String name) {
    return server.withUrl(server.url().replaceFirst("[^/]*$", name));
  }

  /** The session that holds a lock. */
  int lockingSession() {
    return lockingSession;
  }

  /** Brings about what a section of the page is about, if it is about anything. */
  void arrange(String heading) throws Exception {
    switch (heading) {
      case "Before you begin" -> {
        at(9);
        database.execute(
            "ALTER DATABASE statewave OWNER TO owner_of_statewave",
            "REVOKE CONNECT ON DATABASE statewave FROM PUBLIC",
            "GRANT CONNECT ON DATABASE statewave TO guard",
            "ALTER DATABASE statewave SET lock_timeout TO '60s'");
        properties = properties();
        connectedVersions.statewave(database, "0.5.0", 4);
        sessions.add(database.dataSource().getConnection());
      }
      case "Stop the old version" -> {
        connectedVersions.close();
        Patience.until(
            "the old version is gone",
            PATIENCE,
            () ->
                server
                    .value(
                        "SELECT count(*) FROM pg_stat_activity"
                            + " WHERE application_name LIKE 'statewave/%'")
                    .equals("0"));
      }
      case "See it ready" -> connectedVersions.statewave(database, "0.6.1", 4);
      case "Rolling upgrade" -> disconnect();
      case "A lock that stays" -> {
        assertThat(properties())
            .as("owner, grants and settings of the database")
            .isEqualTo(properties);
        at(9);
        leaveLock();
      }
      case "Failed half-way" -> {
        at(9);
        database.execute(IN_THE_WAY);
      }
      case "Behind" -> at(9);
      case "A gap" -> {
        at(12);
        database.execute("ALTER TABLE subjects ALTER tenant_id DROP NOT NULL");
        tool.forget(database, 10);
      }
      case "Forced versions" -> {
        at(12);
        tool.forget(database, 12);
      }
      case "Tables without a history" -> {
        at(12);
        database.execute("DROP TABLE " + tool.tables());
      }
      case "Jobs orphaned by the upgrade" -> {
        at(12);
        connectedVersions.statewave(database, "0.5.0", 1).statewave(database, "0.6.1", 3);
      }
      case "Wait in an init container" -> {
        at(9);
        migrating = CompletableFuture.runAsync(this::migrateOnceSomebodyWaits);
      }
      default -> {
        // The section goes on where the one before it ended.
      }
    }
  }

  /** What belongs to the database itself: its owner, grants and settings. */
  private String properties() throws SQLException {
    return server.value(
        "SELECT pg_get_userbyid(datdba) || ' ' || setconfig::text || ' '"
            + " || (SELECT string_agg(acl::text, ' ' ORDER BY acl::text) FROM unnest(datacl) acl)"
            + " FROM pg_database d JOIN pg_db_role_setting s ON s.setdatabase = d.oid"
            + " WHERE datname = 'statewave'");
  }

  /** Waits until the server, too, has seen the end of those who are gone. */
  void settle() {
    Patience.until(
        "only those who stay are connected",
        PATIENCE,
        () ->
            server
                .value(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = 'statewave'"
                        + " AND application_name NOT LIKE 'statewave/%'")
                .equals("" + sessions.size()));
  }

  /** A new database with the migrations up to this number. */
  private void at(int number) throws Exception {
    disconnect();
    if (!templates.containsKey(number)) {
      String name = tool.name() + "_at_" + number;
      server.execute("CREATE DATABASE " + name);
      TestDatabase template = named(name);
      tool.migrate(folder, template, 0, number);
      template.execute("GRANT SELECT ON " + tool.tables() + " TO guard");
      templates.put(number, name);
    }
    server.execute(
        "DROP DATABASE IF EXISTS statewave WITH (FORCE)",
        "CREATE DATABASE statewave TEMPLATE " + templates.get(number));
  }

  private void leaveLock() throws SQLException {
    Connection session = tool.leaveLock(database);
    if (session != null) {
      sessions.add(session);
      lockingSession =
          Integer.parseInt(
              database.value("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"));
    }
  }

  /** A check of whoever waits was there, held up until it was seen, and is over. */
  private void migrateOnceSomebodyWaits() {
    try {
      try (Connection held = database.dataSource().getConnection();
          Statement statement = held.createStatement()) {
        held.setAutoCommit(false);
        // One of those whom settle() does not wait for.
        statement.execute("SET application_name = 'statewave/hold'");
        statement.execute("LOCK TABLE " + tool.tables() + " IN ACCESS EXCLUSIVE MODE");
        awaitChecks(1);
      }
      awaitChecks(0);
      tool.migrate(folder, database, 9, 12);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitChecks(int count) {
    Patience.until(
        count + " checks",
        PATIENCE,
        () ->
            database
                .value("SELECT count(*) FROM pg_stat_activity WHERE usename = 'guard'")
                .equals(String.valueOf(count)));
  }

  private void disconnect() throws SQLException {
    connectedVersions.close();
    for (Connection each : sessions) {
      each.close();
    }
    sessions.clear();
  }

  @Override
  public void close() throws SQLException {
    migrating.join();
    disconnect();
    server.execute("DROP DATABASE IF EXISTS rehearsal");
  }
}
