// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.TestDatabase;
import dev.schemaguard.tool.Tools;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every database that is called tested was tried with, for each tool that it is tried with. If
 * all of it went well, it records the database's row of the table in docs/reference/databases.md.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class DatabaseContract {

  private static final Set<Tool> RECORD_FAILURES =
      EnumSet.of(Tool.LIQUIBASE, Tool.FLYWAY, Tool.GOLANG_MIGRATE);

  private final TestedDatabase product;
  private final Set<Tool> ran = EnumSet.noneOf(Tool.class);
  private TestDatabase database;
  private String version = "";
  private boolean went = true;

  @RegisterExtension
  final AfterEachCallback outcome = context -> went &= context.getExecutionException().isEmpty();

  DatabaseContract(TestedDatabase product) {
    this.product = product;
  }

  /** A fresh database. */
  abstract TestDatabase database() throws SQLException;

  /** Connections of a new role that may log in and read no table; null where there are no roles. */
  abstract DataSource powerless(TestDatabase fresh) throws SQLException;

  /** Where such a role finds the history of the other one. */
  HistoryLocation locationForOthers() {
    return HistoryLocation.DEFAULT;
  }

  /** What a role without any right is told about a fresh database. */
  String problemOfOthers() {
    return "GUARD-UNINITIALIZED";
  }

  /** Whether it shows locks that a session holds. */
  boolean showsSessionLocks() {
    return false;
  }

  /** Whether a history in another schema is evidence that the wrong one is looked at. */
  boolean schemasBelongTogether() {
    return true;
  }

  @BeforeEach
  void createDatabase() throws SQLException {
    database = database();
  }

  /** Last of all, when the servers of the subclasses may have been stopped. */
  @AfterAll
  void recordTheRow() {
    if (went && ran.containsAll(tools())) {
      TestedRow.run(product.title() + " " + version, ran);
    }
  }

  List<Tool> tools() {
    return product.tools();
  }

  /** Those that are detected, so that they need not be named. */
  List<Tool> detectedTools() {
    return tools().stream().filter(tool -> tool != Tool.TABLE).toList();
  }

  private static List<Tool> asked(Tool tool) {
    return tool == Tool.TABLE ? List.of(tool) : List.of(tool, Tool.AUTO);
  }

  List<Tool> toolsThatRecordFailures() {
    return tools().stream().filter(RECORD_FAILURES::contains).toList();
  }

  @ParameterizedTest
  @MethodSource("tools")
  void aFreshDatabaseIsProvenToHaveNoHistory(Tool tool) throws SQLException {
    for (Tool asked : asked(tool)) {
      MigrationStatus status = check(asked, "1");
      assertThat(status.problem().code()).as(status.summary()).isEqualTo("GUARD-UNINITIALIZED");
    }
    database.execute("CREATE TABLE flyway_schema_historyx (id INT)");
    assertThat(check(tool, "1").verdict()).isEqualTo(Verdict.UNINITIALIZED);
    assertThat(guard(tool, "1").preflight().exitCode()).isEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource("tools")
  void aHistoryIsBehindOrUpToDateOrAhead(Tool tool) throws SQLException {
    ToolRun run = new ToolRun(tool, database);
    run.at(2);

    for (Tool asked : asked(tool)) {
      MigrationStatus behind = check(asked, run.chain(3));
      assertThat(behind.verdict()).as(behind.summary()).isEqualTo(Verdict.BEHIND);
      assertThat(behind.pendingRevisions()).containsExactly("3");
      assertThat(behind.tool()).isEqualTo(tool.toString());
      assertThat(check(asked, run.chain(2)).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      MigrationStatus ahead = check(asked, run.chain(1));
      assertThat(ahead.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(ahead.aheadRevisions()).containsExactly("2");
    }
    try (Connection connection = database.dataSource().getConnection()) {
      version = TestedRow.version(connection.getMetaData().getDatabaseProductVersion());
    }
    ran.add(tool);
  }

  @ParameterizedTest
  @MethodSource("detectedTools")
  void autoSendsOneSelectAsSoonAsItKnowsTheTool(Tool tool) throws SQLException {
    ToolRun run = new ToolRun(tool, database);
    run.at(2);
    RecordingDataSource recording = new RecordingDataSource(database.dataSource());
    SchemaGuard guard =
        guard(recording.dataSource(), Tool.AUTO, HistoryLocation.DEFAULT, run.chain(2));

    MigrationStatus status = guard.check();
    assertThat(status.verdict()).as(status.error()).isEqualTo(Verdict.UP_TO_DATE);
    List<String> first = selects(recording);
    assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(selects(recording)).singleElement().asString().contains("FROM").startsWith("SELECT");
    if (tool == Tool.LIQUIBASE) {
      // One more asks the catalog for tables of other tools, once.
      assertThat(first).hasSizeLessThanOrEqualTo(2);
    }
  }

  private static List<String> selects(RecordingDataSource recording) {
    return recording.takeCalls().stream().filter(call -> call.contains(" ")).toList();
  }

  @ParameterizedTest
  @MethodSource("toolsThatRecordFailures")
  void aFailureIsOne(Tool tool) throws SQLException {
    ToolRun run = new ToolRun(tool, database);
    run.failAtTheSecond();

    MigrationStatus status = check(Tool.AUTO, run.chain(2));

    assertThat(status.verdict()).as(status.summary()).isEqualTo(Verdict.FAILED);
    assertThat(status.failedRevisions()).containsExactly("2");
  }

  @ParameterizedTest
  @MethodSource("tools")
  void theChangeTokenIsThatOfTheReading(Tool tool) throws SQLException {
    new ToolRun(tool, database).at(2);
    HistoryReader reader =
        tool == Tool.TABLE
            ? Tools.reader(ToolRun.CUSTOM, HistoryLocation.DEFAULT)
            : Tools.reader(tool, HistoryLocation.DEFAULT);

    try (Connection connection = database.dataSource().getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      HistoryResult reading = reader.read(session);
      assertThat(reader.changeToken(session)).hasValue(((History) reading).changeToken());
    }
  }

  @ParameterizedTest
  @MethodSource("toolsThatRecordFailures")
  void aTableWithoutAColumnThatCountsIsNotRead(Tool tool) throws SQLException {
    ToolRun run = new ToolRun(tool, database);
    run.at(1);
    database.execute(run.dropNeededColumn());

    MigrationStatus status = check(tool, run.chain(1));

    assertThat(status.problem().code()).as(status.summary()).isEqualTo("GUARD-UNREADABLE-COLUMN");
  }

  @ParameterizedTest
  @MethodSource("toolsThatRecordFailures")
  void aLockIsSeenWhereTheDatabaseShowsIt(Tool tool) throws SQLException {
    ToolRun run = new ToolRun(tool, database);
    List<MigrationLock> seen = new ArrayList<>();

    run.locked(() -> seen.add(check(tool, run.chain(3)).migrationLock()));

    if (tool == Tool.LIQUIBASE || showsSessionLocks()) {
      assertThat(seen).doesNotContainNull();
    } else {
      assertThat(seen).containsOnlyNulls();
    }
    assertThat(check(tool, run.chain(3)).migrationLock()).isNull();
  }

  @ParameterizedTest
  @MethodSource("tools")
  void aRoleThatMayNotReadItIsToldTheGrantThatItLacks(Tool tool) throws SQLException {
    DataSource role = powerless(database);
    if (role == null) {
      return;
    }
    ToolRun run = new ToolRun(tool, database);
    SchemaGuard guard = guard(role, tool, locationForOthers(), run.chain(1));
    assertThat(guard.check().problem().code()).isEqualTo(problemOfOthers());
    run.at(1);

    MigrationStatus status = guard.check();

    assertThat(status.problem().code())
        .as(status.summary())
        .isEqualTo("GUARD-UNREADABLE-PERMISSION");
    database.execute(status.problem().actions().get(0));
    MigrationStatus granted = guard.check();
    assertThat(granted.verdict()).as(granted.summary()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void historiesInAnotherSchemaAreNoFreshDatabase() throws SQLException {
    if (!schemasBelongTogether()) {
      return;
    }
    database.execute("CREATE SCHEMA ORDERS");
    String schema = product.name().startsWith("POSTGRES") ? "orders" : "ORDERS";
    ToolRun liquibase = new ToolRun(Tool.LIQUIBASE, database);
    liquibase.liquibase(2).in(schema).update();
    new ToolRun(Tool.FLYWAY, database).flyway(0).in(schema).table("Our_History").baseline("1");

    assertThat(problem(HistoryLocation.DEFAULT)).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
    assertThat(check(Tool.AUTO, "1").problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
    assertThat(problem(new HistoryLocation("mistyped", null, null)))
        .isEqualTo("GUARD-UNREADABLE-SCHEMA");
    HistoryLocation folded = new HistoryLocation("orders", null, null);
    assertThat(verdict(Tool.LIQUIBASE, folded, liquibase.chain(2))).isEqualTo(Verdict.UP_TO_DATE);
    HistoryLocation exact = new HistoryLocation(schema, "Our_History", null);
    assertThat(verdict(Tool.FLYWAY, exact, "1")).isEqualTo(Verdict.UP_TO_DATE);
  }

  private String problem(HistoryLocation location) {
    return guard(database.dataSource(), Tool.LIQUIBASE, location, "1").check().problem().code();
  }

  private Verdict verdict(Tool tool, HistoryLocation location, String chain) {
    return guard(database.dataSource(), tool, location, chain).check().verdict();
  }

  final MigrationStatus check(Tool tool, String chain) {
    return guard(tool, chain).check();
  }

  private SchemaGuard guard(Tool tool, String chain) {
    return guard(database.dataSource(), tool, HistoryLocation.DEFAULT, chain);
  }

  static SchemaGuard guard(
      DataSource dataSource, Tool tool, HistoryLocation location, String chain) {
    SchemaGuardBuilder builder =
        SchemaGuard.builder(dataSource)
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt")))
            .history(location)
            .environment(variable -> null);
    return (tool == Tool.TABLE ? builder.customTable(ToolRun.CUSTOM) : builder.tool(tool)).build();
  }
}
