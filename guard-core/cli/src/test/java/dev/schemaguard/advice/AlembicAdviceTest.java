// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.cli.CommandLineRun;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.AlembicRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresAlembic;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Follows with real Alembic what a problem with its history advises, from the state before. */
@RequiresAlembic
@Tag("full")
class AlembicAdviceTest {

  private static final Pattern OPTION = Pattern.compile("--(schema|table) ([^ )]+)");

  private static final String CHAIN = "aa\nbb\tparents=aa\n";

  @TempDir private Path folder;

  private final TestDatabase database = Postgres.database();
  private AlembicRun alembic;

  @BeforeEach
  void writeRevisions() throws Exception {
    alembic =
        new AlembicRun(database, folder)
            .create()
            .revision("aa", "None", "")
            .revision("bb", "'aa'", "");
  }

  @Test
  void theStampRecordsWhatTheTablesHaveAndRunsNothing() throws Exception {
    alembic.run("alembic upgrade aa");
    database.execute("DROP TABLE alembic_version");
    MigrationStatus status = check(Tool.ALEMBIC, HistoryLocation.DEFAULT);
    assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
    Problem problem = Objects.requireNonNull(status.problem());
    assertThat(problem.actions().get(0)).startsWith("run no migration here");
    String command = printed(problem.actions().get(1), "alembic stamp REVISION");

    // Any other would run the first migration again, on a table that is there.
    alembic.run(command.replace("REVISION", "aa"));

    MigrationStatus behind = check(Tool.AUTO, HistoryLocation.DEFAULT);
    assertThat(behind.verdict()).isEqualTo(Verdict.BEHIND);
    alembic.run(printed(behind.problem().actions().get(0), "alembic upgrade heads"));
    assertThat(check(Tool.AUTO, HistoryLocation.DEFAULT).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void theUndoOfOneRevisionIsShownFirstAndThenRun() throws Exception {
    alembic.run("alembic upgrade heads");

    List<String> commands = undo("| 1.0.0 | aa |\n");

    assertThat(commands).containsExactly("alembic downgrade bb:aa --sql", "alembic downgrade aa");
    assertThat(alembic.run(commands.get(0))).contains("DROP TABLE t_bb");
    assertThat(heads()).containsExactly("bb");
    alembic.run(commands.get(1));
    assertThat(heads()).containsExactly("aa");
  }

  @Test
  void theUndoOfAnUnknownHeadIsThatOfTheReleaseThatBroughtIt() throws Exception {
    alembic.revision("cc", "'bb'", "").run("alembic upgrade heads");

    for (String command : undo("| 1.0.0 | bb |\n")) {
      alembic.run(command);
    }

    assertThat(heads()).containsExactly("bb");
    assertThat(check(Tool.AUTO, HistoryLocation.DEFAULT).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  private List<String> undo(String row) {
    String document = "| App version | Expected |\n|---|---|\n" + row;
    try (SchemaGuard guard =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.parse(document, RevisionChain.parse(CHAIN, "r.txt")))
            .applicationVersion("1.0.0")
            .environment(variable -> null)
            .build()) {
      return Objects.requireNonNull(guard.preflight().rollback()).commands();
    }
  }

  private List<String> heads() throws Exception {
    return database.rows("SELECT version_num FROM alembic_version ORDER BY 1");
  }

  /** A history of Alembic names where the database stands and no way there; the files do. */
  @Test
  void theChainIsGeneratedFromTheFilesAsTheRefusalSays() throws Exception {
    alembic.run("alembic upgrade heads");
    Path chain = folder.resolve("revisions.txt");
    String refusal =
        errorOf("revisions", "--from-database", "--url", database.url(), "--user", database.user());

    String command = printed(refusal, "schema-guard revisions --alembic DIRECTORY");
    String[] arguments =
        (command.replace("DIRECTORY", folder.resolve("m/versions").toString())
                + " --revisions "
                + chain)
            .substring("schema-guard ".length())
            .split(" ");

    assertThat(CommandLineRun.of(arguments)).isZero();
    assertThat(check(Files.readString(chain), HistoryLocation.DEFAULT).verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @ParameterizedTest
  @CsvSource({"version_table='orders_version'", "version_table='OrdersVersion'"})
  void aVersionTableOfAnotherNameIsNamedAndThenRead(String table) throws Exception {
    alembic.configure(table).run("alembic upgrade heads");

    followElsewhere();
  }

  @Test
  void aVersionTableInASchemaOfItsOwnIsNamedWithThat() throws Exception {
    database.execute("CREATE SCHEMA \"Ops\"");
    alembic
        .configure("version_table='OrdersVersion', version_table_schema='Ops'")
        .run("alembic upgrade heads");

    followElsewhere();
  }

  private void followElsewhere() {
    MigrationStatus status = check(Tool.AUTO, HistoryLocation.DEFAULT);
    assertThat(status.verdict()).isEqualTo(Verdict.UNREADABLE);
    Problem problem = Objects.requireNonNull(status.problem());
    assertThat(problem.code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");

    String schema = null;
    String table = null;
    Matcher option = OPTION.matcher(problem.actions().get(0));
    while (option.find()) {
      schema = option.group(1).equals("schema") ? option.group(2) : schema;
      table = option.group(1).equals("table") ? option.group(2) : table;
    }

    assertThat(check(Tool.AUTO, new HistoryLocation(schema, table, null)).verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  private static String printed(String text, String command) {
    assertThat(text).contains(command);
    return command;
  }

  private static String errorOf(String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertThat(CommandLineRun.of(arguments)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    return err.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
  }

  private MigrationStatus check(Tool tool, HistoryLocation location) {
    return check(CHAIN, tool, location);
  }

  private MigrationStatus check(String chain, HistoryLocation location) {
    return check(chain, Tool.AUTO, location);
  }

  private MigrationStatus check(String chain, Tool tool, HistoryLocation location) {
    try (SchemaGuard guard =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt")))
            .tool(tool)
            .history(location)
            .environment(variable -> null)
            .build()) {
      return guard.check();
    }
  }
}
