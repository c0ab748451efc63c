// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.PostgresServer;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A PostgreSQL standby that streams from its primary server. */
class StandbySituationsTest extends SituationTests {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int NEXT = Answers.APPLIED + 1;

  private PostgresServer primary;
  private PostgresServer standby;

  StandbySituationsTest() {
    super("standby of PostgreSQL");
    row("has all that is required", () -> answers(Answers.APPLIED));
    row("and its primary server is behind", this::behindLikeThePrimary);
    row("lags behind a primary server that is migrated", this::lagging);
    row("replays a lock on the history table", this::locked);
    row("cancels the read because of its replay", this::cancelled);
    row("has no history yet", this::fresh);
    row("is promoted", this::promoted);
  }

  @BeforeAll
  void start() throws IOException, SQLException {
    primary = PostgresServer.started();
    Answers.migrated(primary.database());
    standby = primary.standby();
    primary.awaitCaughtUp(standby);
  }

  @AfterAll
  void stop() throws IOException {
    standby.close();
    primary.close();
  }

  private SchemaGuardBuilder guard(int head) {
    return Answers.guard(standby.database().dataSource(), head);
  }

  private Answers answers(int head) throws SQLException {
    return Answers.of(guard(head), primary.database());
  }

  private static MigrationStatus check(SchemaGuardBuilder builder) {
    try (SchemaGuard guard = builder.build()) {
      return guard.check();
    }
  }

  private void migrateTo(int version) throws SQLException {
    new GolangMigrateRun(primary.database(), "schema_migrations").at(version);
  }

  private void assertUpToDate(int head) {
    assertThat(check(guard(head)).verdict()).hasToString("UP_TO_DATE");
  }

  private Answers behindLikeThePrimary() throws SQLException {
    Answers answers = answers(NEXT);
    assertThat(check(guard(NEXT)).problem().actions())
        .last()
        .asString()
        .endsWith("on the primary server, if it is not migrated");
    migrateTo(NEXT);
    primary.awaitCaughtUp(standby);
    assertUpToDate(NEXT);
    migrateTo(Answers.APPLIED);
    primary.awaitCaughtUp(standby);
    return answers;
  }

  private Answers lagging() throws SQLException {
    TestDatabase replica = standby.database();
    replica.value("SELECT pg_wal_replay_pause()");
    Patience.until(
        "the replay is paused",
        PATIENCE,
        () -> replica.value("SELECT pg_get_wal_replay_pause_state()").equals("paused"));
    migrateTo(NEXT);
    Answers answers = answers(NEXT);
    MigrationStatus status = check(guard(NEXT));
    assertThat(status.problem().why())
        .endsWith("it is a standby in recovery, and its replay is paused");
    assertThat(status.problem().actions().get(0))
        .isEqualTo("wait until the replica has caught up, if the primary server is migrated");
    replica.value("SELECT pg_wal_replay_resume()");
    primary.awaitCaughtUp(standby);
    assertUpToDate(NEXT);
    migrateTo(Answers.APPLIED);
    primary.awaitCaughtUp(standby);
    return answers;
  }

  private Answers locked() throws SQLException {
    try (Connection migration = primary.database().dataSource().getConnection();
        Statement lock = migration.createStatement()) {
      migration.setAutoCommit(false);
      lock.execute("LOCK TABLE schema_migrations IN ACCESS EXCLUSIVE MODE");
      Patience.until(
          "the lock is replayed",
          PATIENCE,
          () ->
              !standby
                  .database()
                  .rows("SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted")
                  .isEmpty());
      Answers answers =
          Answers.of(guard(Answers.APPLIED).timeout(Duration.ofMillis(700)), primary.database());
      migration.rollback();
      primary.awaitCaughtUp(standby);
      assertUpToDate(Answers.APPLIED);
      return answers;
    }
  }

  /** Reads so slowly that a row that it may still need is removed meanwhile. */
  private Answers cancelled() throws Exception {
    SchemaGuardBuilder slow =
        guard(1)
            .tool(Tool.TABLE)
            .customTable(
                CustomHistoryTable.of("slow", "version")
                    .appliedWhen("pg_sleep(1)::text IS NOT NULL"));
    primary.database().execute("CREATE TABLE slow (version int)", "INSERT INTO slow VALUES (1)");
    primary.awaitCaughtUp(standby);
    CompletableFuture<Answers> answers =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Answers.of(slow, primary.database());
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    while (!answers.isDone()) {
      primary.database().execute("UPDATE slow SET version = 1", "VACUUM slow");
    }
    assertThat(check(slow).verdict()).hasToString("UP_TO_DATE");
    primary.database().execute("DROP TABLE slow");
    return answers.get();
  }

  private Answers fresh() throws SQLException {
    primary.database().execute("DROP TABLE schema_migrations");
    primary.awaitCaughtUp(standby);
    return answers(Answers.APPLIED);
  }

  private Answers promoted() throws SQLException {
    standby.promote();
    Patience.until(
        "it is promoted",
        PATIENCE,
        () -> standby.database().value("SELECT pg_is_in_recovery()").equals("f"));
    Answers.migrated(standby.database());
    return Answers.of(guard(NEXT), standby.database());
  }
}
