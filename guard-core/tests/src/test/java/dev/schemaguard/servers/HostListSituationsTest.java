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
import dev.schemaguard.testing.PostgresServer;
import dev.schemaguard.testing.SimpleDataSource;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * A URL with several hosts of PostgreSQL, while a migration is pending: the answer depends on which
 * host it leads to.
 */
class HostListSituationsTest extends SituationTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int NEXT = Answers.APPLIED + 1;

  /** Silent, because it reports the broken connections; held, so that it keeps its level. */
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  private PostgresServer primary;
  private PostgresServer standby;
  private int dead;

  HostListSituationsTest() {
    super("hosts in the URL");
    row("`down,primary`", () -> answers(dead, primary.port(), ""));
    row("`standby,primary`", () -> answers(standby.port(), primary.port(), ""));
    row("`standby,primary?targetServerType=primary`", this::namedPrimary);
    row(
        "`primary,standby?targetServerType=preferSecondary`",
        () -> answers(primary.port(), standby.port(), "?targetServerType=preferSecondary"));
    row("`down,down`", () -> answers(dead, dead, ""));
    row("`down,standby?targetServerType=primary`", this::withoutPrimary);
    row("`primary,standby?targetServerType=primary`, and the primary fails", this::failover);
  }

  @BeforeAll
  void start() throws IOException, SQLException {
    POOL_LOG.setLevel(Level.OFF);
    primary = PostgresServer.started();
    Answers.migrated(primary.database());
    standby = primary.standby();
    primary.awaitCaughtUp(standby);
    try (ServerSocket nobody = new ServerSocket(0)) {
      dead = nobody.getLocalPort();
    }
  }

  @AfterAll
  void stop() throws IOException {
    standby.close();
    primary.close();
    POOL_LOG.setLevel(null);
  }

  private static String url(int first, int second, String parameters) {
    return "jdbc:postgresql://localhost:%d,localhost:%d/postgres%s"
        .formatted(first, second, parameters);
  }

  private static SchemaGuardBuilder guard(int first, int second, String parameters) {
    return Answers.guard(
        SimpleDataSource.of(url(first, second, parameters), "postgres", "hunter2"), NEXT);
  }

  private Answers answers(int first, int second, String parameters) throws SQLException {
    return Answers.of(guard(first, second, parameters), primary.database());
  }

  private static MigrationStatus check(SchemaGuardBuilder builder) {
    try (SchemaGuard guard = builder.build()) {
      return guard.check();
    }
  }

  /** The problem names all hosts of the URL, and no parameter of it. */
  private Answers namedPrimary() throws SQLException {
    String only = "?targetServerType=primary&password=hunter2";
    String text = check(guard(standby.port(), primary.port(), only)).problem().text("x", null);
    assertThat(text)
        .contains(
            "database  postgres@localhost:%d,localhost:%d/postgres  "
                .formatted(standby.port(), primary.port()))
        .doesNotContain("hunter2");
    return answers(standby.port(), primary.port(), only);
  }

  private Answers withoutPrimary() throws SQLException {
    String only = "?targetServerType=primary";
    MigrationStatus status = check(guard(dead, standby.port(), only));
    assertThat(status.problem().title())
        .as(status.error())
        .isEqualTo("No host in the URL has the role that it asks for");
    assertThat(status.problem().actions().get(1))
        .isEqualTo(
            "if no failover is in progress, add the missing host to the URL, or change the role"
                + " that it asks for (targetServerType)");
    assertThat(check(guard(primary.port(), standby.port(), only)).verdict())
        .isEqualTo(Verdict.BEHIND);
    assertThat(check(guard(dead, standby.port(), "?targetServerType=any")).verdict())
        .isEqualTo(Verdict.BEHIND);
    return answers(dead, standby.port(), only);
  }

  /** One guard on one pool, before and after. */
  private Answers failover() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url(primary.port(), standby.port(), "?targetServerType=primary"));
    config.setUsername("postgres");
    config.setConnectionTimeout(500);
    config.setValidationTimeout(250);
    try (HikariDataSource pool = new HikariDataSource(config);
        SchemaGuard guard = Answers.guard(pool, NEXT).build()) {
      assertThat(guard.check().verdict()).isEqualTo(Verdict.BEHIND);
      primary.kill();
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UNREACHABLE);
      standby.promote();
      Patience.until("it answers again", PATIENCE, () -> guard.check().verdict() == Verdict.BEHIND);
      Answers answers = Answers.of(Answers.guard(pool, NEXT), standby.database());
      primary.start();
      return answers;
    }
  }
}
