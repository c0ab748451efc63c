// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.PgBouncer;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresPgBouncer;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** PgBouncer between the guard and PostgreSQL. */
@RequiresPgBouncer
class PoolerSituationsTest extends SituationTests {

  private static final String UP_TO_DATE = "UP_TO_DATE";
  private static final Duration SHORT = Duration.ofMillis(700);

  /** Silent, because it reports the broken connections; held, so that it keeps its level. */
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  private final TestDatabase database;

  PoolerSituationsTest() throws SQLException {
    super("PgBouncer");
    database = Answers.migrated(Postgres.database());
    modes();
    parameters();
    limits();
    servers();
  }

  @BeforeAll
  void silence() {
    POOL_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  void speak() {
    POOL_LOG.setLevel(null);
  }

  /** What the guard answers through a pooler with these settings. */
  private Answers through(PgBouncer pooler) throws SQLException {
    return Answers.of(guard(pooler), database);
  }

  private SchemaGuardBuilder guard(PgBouncer pooler) {
    return guard(pooler, "");
  }

  private SchemaGuardBuilder guard(PgBouncer pooler, String parameters) {
    TestDatabase pooled = pooler.of(database);
    return Answers.guard(pooled.withUrl(pooled.url() + parameters).dataSource(), Answers.APPLIED);
  }

  private static MigrationStatus check(SchemaGuardBuilder builder) {
    try (SchemaGuard guard = builder.build()) {
      return guard.check();
    }
  }

  private static void assertUpToDate(SchemaGuardBuilder builder) {
    assertThat(check(builder).verdict()).hasToString(UP_TO_DATE);
  }

  private void modes() {
    for (String mode : new String[] {"session", "transaction", "statement"}) {
      row(
          "`pool_mode = " + mode + "`",
          () -> {
            try (PgBouncer pooler = PgBouncer.start("pool_mode = " + mode)) {
              return through(pooler);
            }
          });
    }
    row("`pool_mode = statement`, auto-commit off in the pool", this::withoutAutoCommit);
    row(
        "`pool_mode = statement`, with `schemas-from`",
        () -> {
          try (PgBouncer pooler = PgBouncer.start("pool_mode = statement")) {
            return Answers.of(
                guard(pooler).tenants(Tenants.schemasFrom("SELECT 'public'")), database);
          }
        });
    row("`pool_mode = transaction`, another client has set `search_path`", this::otherSearchPath);
  }

  private Answers withoutAutoCommit() throws IOException, SQLException {
    try (PgBouncer pooler = PgBouncer.start("pool_mode = statement");
        HikariDataSource pool = pool(pooler.of(database), false)) {
      SchemaGuardBuilder guard = Answers.guard(pool, Answers.APPLIED);
      Answers answers = Answers.of(guard, database);

      assertThat(check(guard).problem().title()).isEqualTo("The pooler allows no transactions");
      assertThat(check(guard).problem().actions())
          .containsExactly(
              "connect to the server itself, or let the pooler keep transactions together, in"
                  + " PgBouncer by pool_mode = transaction for this database",
              "if the connection pool of the application has auto-commit off, switch it on");
      try (HikariDataSource followed = pool(pooler.of(database), true)) {
        assertUpToDate(Answers.guard(followed, Answers.APPLIED));
      }
      String line =
          "%s = host=localhost user=postgres port=%d pool_mode=transaction"
              .formatted(database.url().replaceFirst(".*/", ""), Postgres.port());
      try (PgBouncer other = PgBouncer.startFor(line, "pool_mode = statement");
          HikariDataSource followed = pool(other.of(database), false)) {
        assertUpToDate(Answers.guard(followed, Answers.APPLIED));
      }
      return answers;
    }
  }

  private static HikariDataSource pool(TestDatabase database, boolean autoCommit) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setMaximumPoolSize(1);
    config.setAutoCommit(autoCommit);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** The history of this application is in the schema shop; the other client's schema is empty. */
  private Answers otherSearchPath() throws IOException, SQLException {
    TestDatabase own = Answers.migrated(Postgres.database());
    own.execute(
        "CREATE SCHEMA shop",
        "CREATE SCHEMA other",
        "ALTER TABLE schema_migrations SET SCHEMA shop");
    try (PgBouncer pooler = PgBouncer.start("default_pool_size = 1")) {
      pooler.of(own).execute("SET search_path = other");
      SchemaGuardBuilder guard = Answers.guard(pooler.of(own).dataSource(), Answers.APPLIED);
      Answers answers = Answers.of(guard, own);

      assertThat(check(guard).problem().actions()).anyMatch(action -> action.contains("shop"));
      assertUpToDate(guard.history(new HistoryLocation("shop", null, null)));
      return answers;
    }
  }

  private void parameters() {
    row(
        "`ignore_startup_parameters` is empty",
        () -> {
          try (PgBouncer pooler = PgBouncer.start("ignore_startup_parameters =")) {
            return through(pooler);
          }
        });
    row(
        "the URL has `currentSchema` or `options`",
        () -> {
          try (PgBouncer pooler = PgBouncer.start()) {
            String options = "?options=-csearch_path%3Dpublic";
            assertThat(check(guard(pooler, options)).problem().actions())
                .containsExactly(
                    "remove the parameter that the message names from the URL; name the schema with"
                        + " the setting schema, or --schema, instead of currentSchema or options",
                    "if the URL does not contain it, the driver sends it: let the pooler accept it,"
                        + " in PgBouncer by ignore_startup_parameters");
            assertUpToDate(guard(pooler).history(new HistoryLocation("public", null, null)));
            try (PgBouncer accepting = PgBouncer.start("ignore_startup_parameters = options")) {
              assertUpToDate(guard(accepting, options));
            }
            return Answers.of(guard(pooler, "?currentSchema=public"), database);
          }
        });
    row(
        "the pooler does not know the database",
        () -> {
          try (PgBouncer pooler =
              PgBouncer.startFor("orders = host=localhost", "auth_type = trust")) {
            return through(pooler);
          }
        });
  }

  private void limits() {
    row(
        "no server connection is free, and `query_wait_timeout` passes",
        () -> {
          try (PgBouncer pooler =
              PgBouncer.start("default_pool_size = 1", "query_wait_timeout = 1")) {
            return whileTaken(pooler, guard(pooler));
          }
        });
    row(
        "no server connection is free, and the guard's `timeout` passes",
        () -> {
          try (PgBouncer pooler = PgBouncer.start("default_pool_size = 1")) {
            return whileTaken(pooler, guard(pooler).timeout(SHORT));
          }
        });
    row(
        "`max_client_conn` is reached",
        () -> {
          try (PgBouncer pooler = PgBouncer.start("max_client_conn = 1")) {
            return whileTaken(pooler, guard(pooler));
          }
        });
    row(
        "`query_timeout` passes while the history is locked",
        () -> {
          try (PgBouncer pooler = PgBouncer.start("query_timeout = 1");
              Connection migration = database.dataSource().getConnection();
              Statement lock = migration.createStatement()) {
            migration.setAutoCommit(false);
            lock.execute("LOCK TABLE schema_migrations IN ACCESS EXCLUSIVE MODE");
            Answers answers = through(pooler);
            assertThat(check(guard(pooler)).problem().actions().get(0))
                .startsWith("look for a migration that holds the history table locked, or raise");
            migration.rollback();
            assertUpToDate(guard(pooler));
            return answers;
          }
        });
  }

  /** The answers while another client is in a transaction; when it has left, all is well. */
  private Answers whileTaken(PgBouncer pooler, SchemaGuardBuilder guard) throws SQLException {
    Answers answers;
    try (Connection other = pooler.of(database).dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1");
      answers = Answers.of(guard, database);
    }
    assertUpToDate(guard(pooler));
    return answers;
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket nobody = new ServerSocket(0)) {
      return nobody.getLocalPort();
    }
  }

  private void servers() {
    row(
        "the server behind it is down, and the guard's `timeout` passes",
        () -> {
          try (PgBouncer pooler = PgBouncer.startBefore(unusedPort())) {
            return Answers.of(guard(pooler).timeout(SHORT), database);
          }
        });
    row(
        "the server behind it is down, and `client_login_timeout` passes",
        () -> {
          try (PgBouncer pooler = PgBouncer.startBefore(unusedPort(), "client_login_timeout = 1")) {
            MigrationStatus status = check(guard(pooler));
            assertThat(status.problem().title())
                .as(status.error())
                .isEqualTo("The pooler cannot connect to the database");
            assertThat(status.problem().actions().get(1)).startsWith("wait for it: ");
            return through(pooler);
          }
        });
    row(
        "the server behind it does not know the database",
        () -> {
          try (PgBouncer pooler = PgBouncer.start("server_login_retry = 1")) {
            SchemaGuardBuilder guard =
                Answers.guard(pooler.of(Postgres.of("absent")).dataSource(), Answers.APPLIED);
            assertThat(check(guard).error()).contains("database \"absent\" does not exist");
            return Answers.of(guard, database);
          }
        });
    row(
        "it is down",
        () -> {
          TestDatabase pooled;
          try (PgBouncer pooler = PgBouncer.start()) {
            pooled = pooler.of(database);
          }
          return Answers.of(
              Answers.guard(
                  SimpleDataSource.of(pooled.url(), pooled.user(), pooled.password()),
                  Answers.APPLIED),
              database);
        });
  }
}
