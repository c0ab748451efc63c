// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.preflight.Rollback.Known;
import dev.schemaguard.preflight.Rollback.Undo;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The way back to an older version, on databases that the tools themselves brought ahead of it. */
class PreflightRollbackTest {

  private static final Path STATEWAVE = Document.root().resolve("changelogs/statewave");
  private static final String MASTER = "db/changelog/db.changelog-master.yaml";

  private static TestDatabase template;

  @TempDir private Path folder;

  @BeforeAll
  static void migrate() {
    template = Postgres.database();
    Statewave.update(template.dataSource(), 12);
  }

  private static SourceOptions sources(String... arguments) {
    return CommandLine.populateCommand(new SourceOptions(), arguments);
  }

  private static SourceOptions ofStatewave() {
    return sources("--search-path", STATEWAVE.toString(), "--liquibase", MASTER);
  }

  private static List<String> undone(Rollback rollback) {
    return rollback.undo().stream().map(Undo::revision).toList();
  }

  private static SchemaGuard guard(TestDatabase database, String document, String chain) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.parse(document, RevisionChain.parse(chain, "revisions.txt")))
        .applicationVersion("1.0.0")
        .environment(variable -> null)
        .build();
  }

  private static Rollback rollback(SchemaGuard guard, SourceOptions sources) {
    try (guard) {
      return SourcedRollback.in(guard.preflight(), sources).rollback();
    }
  }

  @Nested
  class OfLiquibase {

    private TestDatabase database;

    @BeforeEach
    void copy() {
      database = Postgres.copy(template);
    }

    private Preflight preflight(String version) {
      try (SchemaGuard guard = Statewave.guard(database.dataSource(), version).build()) {
        return guard.preflight();
      }
    }

    private Verdict verdict(String version) {
      try (SchemaGuard guard = Statewave.guard(database.dataSource(), version).build()) {
        return guard.check().verdict();
      }
    }

    /** Runs a command as it is printed, by Liquibase's own names of commands and arguments. */
    private String run(String command) throws Exception {
      String[] words =
          Arrays.stream(command.split(" (?=(?:[^']*'[^']*')*[^']*$)", -1))
              .map(word -> word.replace("'", ""))
              .toArray(String[]::new);
      assertThat(words[0]).isEqualTo("liquibase");
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      try (Connection connection = database.dataSource().getConnection()) {
        Scope.child(
            Map.of(
                Scope.Attr.resourceAccessor.name(), new DirectoryResourceAccessor(STATEWAVE),
                Scope.Attr.ui.name(), new LoggerUIService()),
            () -> {
              CommandScope scope = new CommandScope(camelCase(words[1]));
              for (int i = 2; i < words.length; i++) {
                String[] option = words[i].replaceFirst("^--", "").split("=", 2);
                assertThat(scope.getCommand().getArguments()).containsKey(camelCase(option[0]));
                scope.addArgumentValue(camelCase(option[0]), value(option));
              }
              scope.addArgumentValue(
                  "database",
                  DatabaseFactory.getInstance()
                      .findCorrectDatabaseImplementation(new JdbcConnection(connection)));
              scope.setOutput(output);
              scope.execute();
            });
      }
      return output.toString(StandardCharsets.UTF_8);
    }

    private static Object value(String[] option) {
      return option[0].equals("count") ? (Object) Integer.valueOf(option[1]) : option[1];
    }

    private static String camelCase(String kebabCase) {
      StringBuilder camel = new StringBuilder();
      for (String part : kebabCase.split("-", -1)) {
        camel.append(
            camel.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
      }
      return camel.toString();
    }

    @Test
    void saysWhatToUndoAndWhatThatLosesAndTheCommandsDoIt() throws Exception {
      Preflight preflight = preflight("0.5.0");
      assertThat(preflight.exitCode()).isEqualTo(4);

      Rollback rollback = SourcedRollback.in(preflight, ofStatewave()).rollback();

      assertThat(rollback.mayStart()).isFalse();
      assertThat(rollback.undo())
          .extracting(Undo::revision, Undo::hasRollback, Undo::losesData, Undo::why)
          .containsExactly(
              tuple("0012_add_health_cache", Known.YES, Known.YES, "drops table health_cache"),
              tuple(
                  "0011_scope_subject_ref_to_tenant",
                  Known.YES,
                  Known.NO,
                  "fails if the data does not fit: makes subjects.external_ref unique"),
              tuple("0010_require_tenant_id", Known.YES, Known.NO, ""));
      assertThat(rollback.applyAgain()).isEmpty();
      String command = "liquibase rollback-count --changelog-file=" + MASTER + " --count=3";
      assertThat(rollback.commands())
          .containsExactly(command.replace("-count ", "-count-sql "), command);

      assertThat(run(rollback.commands().get(0))).contains("DROP TABLE").contains("health_cache");
      assertThat(verdict("0.5.0")).isEqualTo(Verdict.AHEAD_UNKNOWN);
      run(command);
      assertThat(verdict("0.5.0")).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(preflight("0.5.0").rollback()).isNull();
    }

    /** Two tenants use one reference, which the rollback of 0011 makes unique again. */
    private void letARollbackFail() throws SQLException {
      for (String tenant : List.of("a", "b")) {
        database.execute(
            "INSERT INTO subjects (id, external_ref, display_name, tenant_id, created_at)"
                + " VALUES ('%s', 'ann', 'Ann', '%s', now())".formatted(tenant, tenant));
      }
    }

    private String lastCommand() {
      List<String> commands =
          SourcedRollback.in(preflight("0.5.0"), ofStatewave()).rollback().commands();
      return commands.get(commands.size() - 1);
    }

    @Test
    void countsAnewAfterARollbackThatFailedHalfWay() throws Exception {
      letARollbackFail();
      assertThat(preflight("0.5.0").rollback().notes().get(0))
          .contains("do not repeat it; run preflight again");
      assertThat(lastCommand()).endsWith("--count=3");
      assertThatThrownBy(() -> run(lastCommand())).hasStackTraceContaining("external_ref");

      assertThat(lastCommand()).endsWith("--count=2");
      database.execute("UPDATE subjects SET external_ref = 'ann2' WHERE id = 'b'");
      run(lastCommand());

      assertThat(verdict("0.5.0")).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void goesToATagWhereThereIsOneAndThatCanBeRepeated() throws Exception {
      database.execute("UPDATE databasechangelog SET tag = 'release 0.5.0' WHERE id LIKE '0009%'");
      letARollbackFail();
      String command =
          SourcedRollback.in(preflight("0.5.0"), ofStatewave()).rollback().commands().get(1);
      assertThat(command)
          .isEqualTo("liquibase rollback --changelog-file=" + MASTER + " --tag='release 0.5.0'");
      assertThatThrownBy(() -> run(command)).hasStackTraceContaining("external_ref");
      database.execute("UPDATE subjects SET external_ref = 'ann2' WHERE id = 'b'");

      run(command);
      assertThat(verdict("0.5.0")).isEqualTo(Verdict.UP_TO_DATE);
      run(command);
      assertThat(verdict("0.5.0")).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void goesToNoTagThatAnotherRowCarriesToo() throws Exception {
      database.execute(
          "UPDATE databasechangelog SET tag = 'v5' WHERE id LIKE '0009%'",
          "UPDATE databasechangelog SET tag = 'V5' WHERE id LIKE '0002%'");

      assertThat(lastCommand()).endsWith("--count=3");
    }

    @Test
    void doesNotCountARowThatLiquibaseWroteForItself() throws Exception {
      database.execute(
          "INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted,"
              + " exectype, tag) VALUES ('1796005671994', 'liquibase', 'liquibase-internal',"
              + " now(), 99, 'EXECUTED', 'nightly')");

      List<String> commands = preflight("0.5.0").rollback().commands();

      assertThat(commands.get(1)).endsWith("--count=3");
      run(commands.get(1).replace("CHANGELOG", MASTER));
      assertThat(verdict("0.5.0")).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void namesThePlaceByOptionsThatLiquibaseHas() throws Exception {
      assertThat(new CommandScope("rollbackCount").getCommand().getArguments())
          .containsKey("defaultSchemaName");
      assertThat(GlobalConfiguration.DATABASECHANGELOG_TABLE_NAME.getKey())
          .isEqualTo("liquibase.databaseChangelogTableName");
    }

    @Test
    void knowsNothingOfRollbacksWithoutTheMigrations() {
      Preflight preflight = SourcedRollback.in(preflight("0.5.0"), sources());

      assertThat(preflight.rollback().undo())
          .hasSize(3)
          .allMatch(undo -> undo.hasRollback() == Known.UNKNOWN)
          .allMatch(undo -> undo.losesData() == Known.UNKNOWN);
      assertThat(preflight.toJson())
          .contains("  \"not_seen\": [", "\n  \"rollback\": {\n    \"may_start\": false,\n")
          .contains(
              """
                    {
                      "revision": "0010_require_tenant_id",
                      "has_rollback": null,
                      "loses_data": "unknown",
                      "why": "the migrations were not read"
                    }
                  ],
                  "apply_again": [],
                  "commands": ["liquibase rollback-count-sql --changelog-file=CHANGELOG --count=3",\
               "liquibase rollback-count --changelog-file=CHANGELOG --count=3"],
              """);
    }

    @Test
    void isNothingWhereNothingIsAheadNorForTenants() throws SQLException {
      assertThat(preflight("0.6.0").rollback()).isNull();
      assertThat(preflight("0.6.0").toJson()).endsWith("\"rollback\": null\n}");
      try (SchemaGuard tenants =
          Statewave.guard(database.dataSource(), "0.5.0")
              .tenants(Tenants.schemas("public"))
              .build()) {
        Preflight preflight = tenants.preflight();
        assertThat(preflight.exitCode()).isEqualTo(4);
        assertThat(preflight.rollback()).isNull();
      }
    }

    @Test
    void stopsWhereTheMaximumBegins() throws Exception {
      String chain = Files.readString(STATEWAVE.resolve("schema-guard/revisions.txt"));
      String row =
          "| App version | Expected | Min | Max |\n|---|---|---|---|\n| 1.0.0 | 0009 | | %s |\n";

      assertThat(rollback(guard(database, row.formatted("0012"), chain), ofStatewave()).mayStart())
          .isTrue();
      assertThat(undone(rollback(guard(database, row.formatted("0011"), chain), ofStatewave())))
          .containsExactly("0012_add_health_cache");
    }

    @Test
    void heedsFloorMarkersAndLocks() throws Exception {
      String mark =
          "UPDATE databasechangelog SET comments = 'requires-app %s' WHERE id LIKE '%s%%'";
      database.execute(
          mark.formatted("0.5.0", "0010"),
          mark.formatted("0.6.0", "0011"),
          mark.formatted("0.1.0", "0012"));
      assertThat(undone(preflight("0.5.0").rollback()))
          .containsExactly("0012_add_health_cache", "0011_scope_subject_ref_to_tenant");

      database.execute(mark.formatted("0.5.0", "0011"));
      assertThat(preflight("0.5.0").rollback().mayStart()).isTrue();
      assertThat(preflight("0.5.0").go()).isTrue();

      database.execute(
          mark.formatted("0.6.0", "0011"),
          "UPDATE databasechangeloglock SET locked = TRUE, lockedby = 'job', lockgranted = now()");
      assertThat(preflight("0.5.0").rollback().undo()).isEmpty();
      assertThat(preflight("0.5.0").rollback().notes().get(0))
          .startsWith("no plan: a migration lock");
    }

    @Test
    void undoesALateHotfixAsWellAndAsksForItAgain() throws Exception {
      LiquibaseRun.ofChangesets(database.dataSource(), "db/hotfix.xml", "0009b_hotfix").update();
      String chain =
          Files.readString(STATEWAVE.resolve("schema-guard/revisions.txt"))
              + "db/hotfix.xml::0009b_hotfix::tester\tparents="
              + "db/changelog/0009_add_rate_limit_table.yaml::0009_add_rate_limit_table::statewave\n";
      String row = "| App version | Expected |\n|---|---|\n| 1.0.0 | 0009b_hotfix |\n";

      Rollback rollback = rollback(guard(database, row, chain), sources());
      assertThat(undone(rollback)).startsWith("0009b_hotfix", "0012_add_health_cache").hasSize(4);
      assertThat(rollback.applyAgain()).containsExactly("0009b_hotfix");
      assertThat(rollback.commands().get(1)).endsWith("--count=4");

      Rollback read = rollback(guard(database, row, chain), ofStatewave());
      assertThat(read.undo().get(0).hasRollback()).isEqualTo(Known.UNKNOWN);
      assertThat(read.commands()).isEmpty();
      assertThat(read.notes().get(0)).contains("0009b_hotfix is not in the migrations");
    }

    @Test
    void hasNoCommandWhereOneHasNoRollback() throws Exception {
      Files.createDirectories(folder.resolve("db"));
      Files.writeString(
          folder.resolve("db/x.sql"),
          """
          --liquibase formatted sql
          --changeset a:1
          CREATE TABLE x (id int);
          --changeset a:2
          ALTER TABLE x ADD y int;
          --rollback ALTER TABLE x DROP COLUMN y;
          """);
      TestDatabase other = Postgres.database();
      new LiquibaseRun(
              other.dataSource(),
              null,
              null,
              null,
              "db/x.sql",
              new DirectoryResourceAccessor(folder))
          .update();
      String row = "| App version | Expected |\n|---|---|\n| 1.0.0 | 0 |\n";
      String chain = "db/x.sql::0::a\ndb/x.sql::1::a\ndb/x.sql::2::a\n";
      SourceOptions sources =
          sources("--search-path", folder.toString(), "--liquibase", "db/x.sql");

      Rollback rollback = rollback(guard(other, row, chain), sources);
      assertThat(rollback.undo())
          .extracting(Undo::revision, Undo::hasRollback, Undo::losesData)
          .containsExactly(tuple("2", Known.YES, Known.YES), tuple("1", Known.NO, Known.UNKNOWN));
      assertThat(rollback.commands()).isEmpty();
      assertThat(rollback.notes().get(0)).startsWith("no command: 1 is without a rollback");
    }

    @Test
    void isNotReadFromTheMigrationsOfAnotherTool() {
      Preflight preflight = preflight("0.5.0");

      assertThatThrownBy(
              () -> SourcedRollback.in(preflight, sources("--golang-migrate", folder.toString())))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("history of liquibase");
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void ofFlywayIsByItsUndoScripts() throws Exception {
    TestDatabase database = Postgres.database();
    FlywayRun run = FlywayRun.of(database.dataSource());
    for (String script : List.of("V1__a", "V2__b", "V4__d")) {
      run.script(script, "CREATE TABLE " + script + " (id int)");
      write(script + ".sql", "CREATE TABLE " + script + " (id int)");
    }
    run.migrate();
    run.script("V3__c", "CREATE INDEX c ON V1__a (id)").outOfOrder().migrate();
    write("V3__c.sql", "CREATE INDEX c ON V1__a (id)");
    write("U3__c.sql", "DROP INDEX c");
    write("U4__d.sql", "DROP TABLE V4__d");
    String row = "| App version | Expected |\n|---|---|\n| 1.0.0 | 3 |\n";
    String chain = "1\n2\n3\tparents=2\n4\n";

    Rollback rollback =
        rollback(guard(database, row, chain), sources("--flyway", "filesystem:" + folder));

    assertThat(rollback.undo())
        .extracting(Undo::revision, Undo::hasRollback, Undo::losesData)
        .containsExactly(tuple("3", Known.YES, Known.NO), tuple("4", Known.YES, Known.YES));
    assertThat(rollback.applyAgain()).containsExactly("3");
    assertThat(rollback.commands()).containsExactly("flyway undo -target=3");

    // What the note says of editions without undo.
    database.execute(
        "DROP INDEX c",
        "DROP TABLE V4__d",
        "DELETE FROM flyway_schema_history WHERE version IN ('3', '4')");
    try (SchemaGuard guard = guard(database, row, chain)) {
      assertThat(guard.check().verdict()).isEqualTo(Verdict.BEHIND);
      run.without("V4__d").migrate();
      assertThat(guard.check().compatible()).isTrue();
    }
  }

  @Test
  void ofGolangMigrateIsByItsDownFiles() throws Exception {
    TestDatabase database = Postgres.database();
    new GolangMigrateRun(database, "schema_migrations").at(3);
    for (String name : List.of("001_a", "002_b", "003_c")) {
      write(name + ".up.sql", "CREATE TABLE x (id int);");
      write(name + ".down.sql", "DROP TABLE x;");
    }
    String row = "| App version | Expected |\n|---|---|\n| 1.0.0 | 001 |\n";
    SourceOptions sources = sources("--golang-migrate", folder.toString());

    Rollback rollback = rollback(guard(database, row, "001\n002\n003\n"), sources);
    assertThat(rollback.undo())
        .extracting(Undo::revision, Undo::hasRollback, Undo::losesData)
        .containsExactly(tuple("003", Known.YES, Known.YES), tuple("002", Known.YES, Known.YES));
    assertThat(rollback.commands())
        .containsExactly("migrate -path " + folder + " -database \"$DATABASE_URL\" goto 1");

    write("002_b.down.sql", "-- nobody knows how\n");
    Rollback without = rollback(guard(database, row, "001\n002\n003\n"), sources);
    assertThat(without.commands()).isEmpty();
    assertThat(without.undo().get(1).why()).isEqualTo("002_b.down.sql is empty");
  }

  @Test
  void ofAlembicIsByItsDowngrades() throws Exception {
    TestDatabase database = Postgres.database();
    database.execute(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT"
            + " alembic_version_pkc PRIMARY KEY (version_num))",
        "INSERT INTO alembic_version VALUES ('c3')");
    String script = "revision = '%s'\ndown_revision = %s\ndef downgrade() -> None:\n    %s\n";
    write("a1_x.py", script.formatted("a1", "None", "pass"));
    write("b2_x.py", script.formatted("b2", "'a1'", "op.drop_table('t')"));
    write("c3_x.py", script.formatted("c3", "'b2'", "op.drop_index('i')"));
    String row = "| App version | Expected |\n|---|---|\n| 1.0.0 | a1 |\n";

    Rollback rollback =
        rollback(guard(database, row, "a1\nb2\nc3\n"), sources("--alembic", folder.toString()));

    assertThat(rollback.undo())
        .extracting(Undo::revision, Undo::hasRollback, Undo::losesData)
        .containsExactly(tuple("c3", Known.YES, Known.UNKNOWN), tuple("b2", Known.YES, Known.YES));
    assertThat(rollback.commands())
        .containsExactly("alembic downgrade c3:a1 --sql", "alembic downgrade a1");
  }
}
