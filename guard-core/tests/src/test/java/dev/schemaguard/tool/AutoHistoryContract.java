// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.tool.HistoryReaderContract.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** How the tool is found where none is named, on every database. */
abstract class AutoHistoryContract {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private final HistoryReaderContract server;
  private final HistoryReader reader = Tools.reader(Tool.AUTO, HistoryLocation.DEFAULT);
  private TestDatabase database;

  /** On the server that Liquibase's contract is tried on. */
  AutoHistoryContract(HistoryReaderContract server) {
    this.server = server;
  }

  @BeforeEach
  void createDatabase() {
    database = server.database();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"AUTO", "TABLE"})
  void theOnlyHistoryTellsTheTool(Tool tool) throws SQLException {
    migrate(tool);

    assertThat(HistoryReaderContract.ids(read())).isNotEmpty();
    assertThat(reader.tool()).isEqualTo(tool.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "LIQUIBASE, ALEMBIC",
    "LIQUIBASE, GOLANG_MIGRATE",
    "FLYWAY, ALEMBIC",
    "FLYWAY, GOLANG_MIGRATE",
    "ALEMBIC, GOLANG_MIGRATE"
  })
  void twoHistoriesAreNoAnswer(Tool one, Tool other) throws SQLException {
    migrate(one);
    migrate(other);

    Unreadable unreadable = unreadable(read(), Cause.TOOL);

    assertThat(unreadable.why()).contains("(" + one + ") and ").contains("(" + other + ")");
    assertThat(unreadable.actions().get(0)).contains("--tool " + one + " or --tool " + other);
    assertThat(reader.tool()).isEmpty();
    for (Tool named : List.of(one, other)) {
      HistoryReader followed = Tools.reader(named, HistoryLocation.DEFAULT);
      try (Connection connection = database.dataSource().getConnection()) {
        assertThat(followed.read(new DatabaseSession(connection))).isInstanceOf(History.class);
      }
    }
  }

  @Test
  void allThatKeepAHistoryAreNamed() throws SQLException {
    for (Tool tool : List.of(Tool.GOLANG_MIGRATE, Tool.ALEMBIC, Tool.FLYWAY, Tool.LIQUIBASE)) {
      migrate(tool);
    }

    assertThat(unreadable(read(), Cause.TOOL).actions().get(0))
        .contains("--tool liquibase or --tool flyway or --tool alembic or --tool golang-migrate");
  }

  @Test
  void theRivalsOfLiquibaseCostOneLookTogether() throws SQLException {
    migrate(Tool.LIQUIBASE);
    RecordingDataSource recording = new RecordingDataSource(database.dataSource());

    try (Connection connection = recording.dataSource().getConnection()) {
      reader.read(new DatabaseSession(connection));
    }

    assertThat(recording.takeCalls())
        .filteredOn(call -> call.startsWith("SELECT"))
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void anotherToolsTableOfTheSameNameIsPassedOver() throws SQLException {
    rails(server.quoted("schema_migrations"));
    assertThat(unreadable(read(), Cause.COLUMN).actions().get(0)).contains("Rails");

    migrate(Tool.LIQUIBASE);
    assertThat(HistoryReaderContract.ids(read())).containsExactly("a");
  }

  @Test
  void anotherToolsTableInAnotherSchemaIsNoReasonToDoubtThatTheDatabaseIsFresh()
      throws SQLException {
    String schema = "web" + SCHEMAS.incrementAndGet();
    database.execute("CREATE SCHEMA " + schema);
    rails(schema + "." + server.quoted("schema_migrations"));
    assertThat(read()).isInstanceOf(Absent.class);

    assertThat(candidates()).noneMatch(candidate -> candidate.place().tool().startsWith("golang"));
    if (server.schemasBelongTogether()) {
      database.execute(
          "ALTER TABLE %s.%s ADD COLUMN dirty BOOLEAN"
              .formatted(schema, server.quoted("schema_migrations")));
      assertThat(candidates())
          .extracting(candidate -> candidate.place().tool())
          .containsExactly("golang-migrate");
    }
  }

  /** The table that Rails and dbmate make. */
  private void rails(String table) throws SQLException {
    database.execute("CREATE TABLE " + table + " (version VARCHAR(255) NOT NULL PRIMARY KEY)");
  }

  private void migrate(Tool tool) throws SQLException {
    switch (tool) {
      case LIQUIBASE -> HistoryReaderContract.run(database, "a").update();
      case FLYWAY -> FlywayRun.of(database.dataSource()).baseline("1");
      case ALEMBIC ->
          database.execute(
              "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)",
              "INSERT INTO alembic_version VALUES ('a')");
      case GOLANG_MIGRATE ->
          new GolangMigrateRun(database, server.quoted("schema_migrations")).at(1);
      case AUTO, TABLE -> throw new IllegalArgumentException();
    }
  }

  private List<HistoryCandidate> candidates() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      return ((SearchingReader) reader)
          .surroundings(session, reader.read(session).place())
          .candidates();
    }
  }

  private HistoryResult read() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return reader.read(new DatabaseSession(connection));
    }
  }
}
