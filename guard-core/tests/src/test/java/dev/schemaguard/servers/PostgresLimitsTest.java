// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.SharedConnection;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** What role, database, URL or pool set on PostgreSQL, while a migration is pending. */
class PostgresLimitsTest extends SituationTests {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int NEXT = Answers.APPLIED + 1;

  private static final String READ_ONLY = "default_transaction_read_only = on";

  private final TestDatabase database;
  private final String role;

  PostgresLimitsTest() throws SQLException {
    super("limit on PostgreSQL");
    database = Answers.migrated(Postgres.database());
    role = Postgres.role("limited");
    database.execute("GRANT SELECT ON schema_migrations TO " + role);
    row("`statement_timeout` of the role passes", () -> cutOff("statement_timeout = '150ms'"));
    row("`lock_timeout` of the role passes", () -> cutOff("lock_timeout = '150ms'"));
    row("`idle_session_timeout` ends a connection that is not tested", this::idleSession);
    row(
        "`idle_in_transaction_session_timeout` ends a connection that is not tested",
        this::idleTransaction);
    row("`CONNECTION LIMIT` of the role is reached", this::connectionLimit);
    row("`default_transaction_read_only` of the role", () -> with("ROLE " + role, READ_ONLY));
    row("`default_transaction_read_only` of the database", this::readOnlyDatabase);
    row("`default_transaction_read_only` in the URL's `options`", this::readOnlySession);
    row("`readOnly` of the pool", this::readOnlyPool);
    row("`search_path` of the role", this::searchPath);
  }

  private static SchemaGuardBuilder guard(DataSource dataSource) {
    return Answers.guard(dataSource, NEXT);
  }

  private DataSource asRole() {
    return database.as(role, role);
  }

  private static MigrationStatus check(SchemaGuardBuilder builder) {
    try (SchemaGuard guard = builder.build()) {
      return guard.check();
    }
  }

  private Answers with(String owner, String setting) throws SQLException {
    return with(owner, setting, "public");
  }

  private Answers with(String owner, String setting, String schema) throws SQLException {
    database.execute("ALTER " + owner + " SET " + setting);
    try {
      return Answers.of(guard(asRole()), database, schema);
    } finally {
      String name = setting.replaceFirst(" .*", "");
      database.execute("BEGIN READ WRITE; ALTER %s RESET %s; COMMIT".formatted(owner, name));
    }
  }

  private Answers cutOff(String limit) throws SQLException {
    try (Connection migration = database.dataSource().getConnection();
        Statement lock = migration.createStatement()) {
      migration.setAutoCommit(false);
      lock.execute("LOCK TABLE schema_migrations IN ACCESS EXCLUSIVE MODE");
      return with("ROLE " + role, limit);
    }
  }

  private Answers idleSession() throws Exception {
    return ended("idle_session_timeout = '100ms'", true);
  }

  private Answers idleTransaction() throws Exception {
    return ended("idle_in_transaction_session_timeout = '100ms'", false);
  }

  /** One connection that is lent again and again, as by a DataSource that does not test it. */
  private Answers ended(String limit, boolean autoCommit) throws Exception {
    database.execute("ALTER ROLE " + role + " SET " + limit);
    try (Connection connection = asRole().getConnection()) {
      connection.setAutoCommit(autoCommit);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
      }
      Patience.until(
          "the server ends the session",
          PATIENCE,
          () ->
              database
                  .rows("SELECT 1 FROM pg_stat_activity WHERE usename = '" + role + "'")
                  .isEmpty());
      Answers answers = Answers.of(guard(SharedConnection.dataSource(connection)), database);
      try (HikariDataSource testing = new HikariDataSource(testingPool())) {
        assertThat(check(guard(testing)).verdict()).isEqualTo(Verdict.BEHIND);
      }
      return answers;
    } finally {
      database.execute("ALTER ROLE " + role + " RESET " + limit.replaceFirst(" .*", ""));
    }
  }

  private HikariConfig testingPool() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(asRole());
    config.setMaximumPoolSize(1);
    return config;
  }

  private Answers connectionLimit() throws SQLException {
    database.execute("ALTER ROLE " + role + " CONNECTION LIMIT 0");
    try {
      return Answers.of(guard(asRole()), database);
    } finally {
      database.execute("ALTER ROLE " + role + " CONNECTION LIMIT -1");
    }
  }

  private Answers readOnlyDatabase() throws SQLException {
    return with("DATABASE " + database.url().replaceFirst(".*/", ""), READ_ONLY);
  }

  private Answers readOnlySession() throws SQLException {
    String url = database.url() + "?options=-c%20default_transaction_read_only=on";
    return Answers.of(guard(database.withUrl(url).dataSource()), database);
  }

  private Answers readOnlyPool() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setReadOnly(true);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      return Answers.of(guard(pool), database);
    }
  }

  private Answers searchPath() throws SQLException {
    database.execute(
        "CREATE SCHEMA shop",
        "GRANT USAGE ON SCHEMA shop TO " + role,
        "ALTER TABLE schema_migrations SET SCHEMA shop");
    try {
      return with("ROLE " + role, "search_path = shop", "shop");
    } finally {
      database.execute("ALTER TABLE shop.schema_migrations SET SCHEMA public");
    }
  }
}
