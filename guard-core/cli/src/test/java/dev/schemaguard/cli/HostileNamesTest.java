// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.report.CompatibilityGrid;
import dev.schemaguard.report.StatusPage;
import dev.schemaguard.report.UnavailablePage;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.RecordedLog;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names that would command a terminal, forge a line of a log or run in a browser, in every place
 * that a database, a file or a setting fills, through every command, page and log line.
 */
class HostileNamesTest {

  /** Clears a screen, colours, turns the direction, rings, hides, and begins a line of its own. */
  private static final String HOSTILE =
      "x\u001b[2J\u009b31m\u202e\u2066\u200b\ufeff\u0007\r\n✔ GO: nothing is pending\u2028\u0085y\t"
          + "<script>alert(1)</script><b>[a](javascript:b)![c](d)|`e`*f*\u007f";

  private static final String[] FORMATS = {"text", "json"};

  @TempDir Path temp;

  private final TestDatabase database = H2.database();
  private Path matrix;

  @BeforeEach
  void migrate() throws Exception {
    Statewave.update(database.dataSource(), 9);
    matrix = temp.resolve("compatibility.md");
    Files.writeString(matrix, Statewave.resource("statewave/schema-guard/compatibility.md"));
    Files.writeString(
        temp.resolve("revisions.txt"), Statewave.resource("statewave/schema-guard/revisions.txt"));
  }

  @Nested
  class InTheHistory {

    @Test
    void anAppliedMigrationIsShownWithoutItsCommands() throws Exception {
      add(HOSTILE, "EXECUTED", null);

      assertEverythingIsPrintable("0.5.0");
      assertThat(run("check", "--app-version", "0.5.0")).contains("x\\u001b[2J\\u009b31m\\u202e");
    }

    @Test
    void aFailedMigrationIsShownWithoutItsCommands() throws Exception {
      add(HOSTILE, "FAILED", null);

      assertEverythingIsPrintable("0.5.0");
    }

    @Test
    void aCommentIsQuotedWithoutItsCommands() throws Exception {
      add("0013_next", "EXECUTED", "requires-app " + HOSTILE);

      assertEverythingIsPrintable("0.5.0");
    }

    @Test
    void theHolderOfALockIsShownWithoutItsCommands() throws Exception {
      execute("UPDATE DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKEDBY = ?", HOSTILE);

      assertEverythingIsPrintable("0.6.1");
      assertEverythingIsPrintable("0.5.0");
    }
  }

  @Nested
  class InSettings {

    @Test
    void schemasTablesAndVersionsAreShownWithoutTheirCommands() throws Exception {
      assertPrintable(run("preflight", "--schema", HOSTILE));
      assertPrintable(run("check", "--schema", "A" + HOSTILE, "--format", "json"));
      assertPrintable(run("check", "--table", HOSTILE));
      assertThat(run("matrix", "--format", "html", "--environment", HOSTILE))
          .satisfies(HostileNamesTest::assertPrintable)
          .contains("<strong class=\"environment\">x\\u001b[2J")
          .doesNotContain("<script>alert");
      assertPrintable(run("status", "--app-version", "1" + HOSTILE));
      assertPrintable(run("status", "--app-version", "9.9-" + HOSTILE));
      assertPrintable(run("check", "--" + HOSTILE));
      assertPrintable(run("check", "--accept", HOSTILE, "--tool", HOSTILE));
      assertPrintable(run("check", "--matrix", HOSTILE));
      assertPrintable(run("revisions", "--liquibase", HOSTILE));
      assertPrintable(run("init", "--dir", temp.resolve("new").toString(), "--name", HOSTILE));
    }

    @Test
    void tenantsAreShownWithoutTheirCommands() throws Exception {
      for (String schema : new String[] {"t1" + HOSTILE, "t2" + HOSTILE}) {
        execute("CREATE SCHEMA \"" + schema + "\"");
        execute(
            "CREATE TABLE \"" + schema + "\".DATABASECHANGELOG AS SELECT * FROM DATABASECHANGELOG");
      }
      for (String format : FORMATS) {
        assertPrintable(
            run("check", "--schemas", "t%", "--app-version", "0.6.1", "--format", format));
        assertPrintable(
            run("preflight", "--schemas", "t%", "--app-version", "0.4.0", "--format", format));
      }
    }

    @Test
    void aTableOfAHistoryElsewhereIsShownWithoutItsCommands() throws Exception {
      execute("ALTER TABLE DATABASECHANGELOG RENAME TO \"" + HOSTILE + "\"");

      assertEverythingIsPrintable("0.6.1");
    }
  }

  @Nested
  class InFiles {

    @Test
    void linesThatAreRefusedAreQuotedWithoutTheirCommands() throws Exception {
      String line = HOSTILE.replaceAll("[\r\n\t\u0085\u2028]", "");
      Path chain = temp.resolve("revisions.txt");
      String revisions = Files.readString(chain);
      Files.writeString(chain, revisions + "\na::0013_" + line + "::me\n");
      assertPrintable(run("check"));
      assertPrintable(run("verify"));

      Files.writeString(chain, revisions);
      Files.writeString(matrix, Files.readString(matrix) + "| " + line + " | head | |\n");
      assertPrintable(run("check", "--format", "json"));
      assertPrintable(run("matrix", "--format", "html"));
    }
  }

  @Test
  void aReasonOfADriverIsOneLine() {
    MigrationStatus status =
        SchemaGuard.builder(
                SimpleDataSource.of(
                    () -> {
                      throw new SQLException(HOSTILE, "08001");
                    }))
            .matrix(CompatibilityMatrix.file(matrix))
            .build()
            .check();

    assertPrintable(status.error());
    assertThat(status.error()).contains("\\u0007 ✔ GO: nothing is pending y");
  }

  /** Asserts it for every command that asks a database, its log, and the pages. */
  private void assertEverythingIsPrintable(String version) throws Exception {
    List<String> asked = new ArrayList<>();
    if (version != null) {
      asked.addAll(List.of("--app-version", version));
    }
    for (String command : new String[] {"check", "status", "preflight", "matrix"}) {
      for (String format : FORMATS) {
        List<String> arguments = new ArrayList<>(asked);
        arguments.addAll(List.of("--format", format));
        String printed = run(command, arguments.toArray(new String[0]));
        assertPrintable(printed);
        assertThat(printed.lines()).noneMatch(line -> line.equals("✔ GO: nothing is pending"));
      }
    }
    assertThat(run("matrix", with(asked, "markdown")))
        .satisfies(HostileNamesTest::assertPrintable)
        .doesNotContain("<script", "<b>", "](")
        .doesNotContainPattern("[^\\\\]\\[a\\]");
    assertThat(run("matrix", with(asked, "html")))
        .satisfies(HostileNamesTest::assertPrintable)
        .doesNotContain("<script>alert", "<b>[");
    assertPages(version);
    assertLog(version);
  }

  private static String[] with(List<String> asked, String format) {
    List<String> arguments = new ArrayList<>(asked);
    arguments.addAll(List.of("--format", format));
    return arguments.toArray(new String[0]);
  }

  private void assertPages(String version) {
    CompatibilityMatrix document = CompatibilityMatrix.file(matrix);
    MigrationStatus status = guard(document, version).build().checkWithLock();
    for (MigrationStatus shown : List.of(status, status.redacted())) {
      assertPrintable(StatusPage.of(CompatibilityGrid.of(document), shown));
      assertPrintable(UnavailablePage.of(shown, true));
      assertPrintable(shown.toJson());
      assertOneLine(shown.summary());
      shown.notes().forEach(HostileNamesTest::assertOneLine);
      if (shown.problem() != null) {
        shown.problem().actions().forEach(HostileNamesTest::assertOneLine);
      }
    }
  }

  private void assertLog(String version) {
    try (RecordedLog log = new RecordedLog()) {
      SchemaGuard guard =
          guard(CompatibilityMatrix.file(matrix), version).mode(Mode.STRICT).build();
      if (guard.check().compatible()) {
        guard.enforce();
      } else {
        assertThatThrownBy(guard::enforce)
            .isInstanceOf(IncompatibleSchemaException.class)
            .satisfies(refusal -> assertPrintable(refusal.getMessage()));
      }
      assertThat(log.lines()).isNotEmpty();
      log.lines().forEach(HostileNamesTest::assertPrintable);
    }
  }

  private SchemaGuardBuilder guard(CompatibilityMatrix document, String version) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(document)
        .applicationVersion(version)
        .environment(name -> null);
  }

  private String run(String command, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    if (!List.of("init", "revisions", "verify").contains(command)) {
      arguments.addAll(List.of("--url", database.url(), "--user", database.user()));
    }
    if (!List.of("init", "revisions").contains(command) && !List.of(more).contains("--matrix")) {
      arguments.addAll(List.of("--matrix", matrix.toString()));
    }
    arguments.addAll(List.of(more));
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true, UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      CommandLineRun.of(arguments.toArray(new String[0]));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(printed.size()).isPositive();
    return printed.toString(UTF_8);
  }

  private static void assertOneLine(String text) {
    assertPrintable(text);
    assertThat(text).doesNotContain("\n");
  }

  private static void assertPrintable(String text) {
    assertThat(text)
        .isNotBlank()
        .matches(
            shown ->
                shown
                    .codePoints()
                    .allMatch(
                        c ->
                            c == '\n'
                                || !List.of(
                                        (int) Character.CONTROL,
                                        (int) Character.FORMAT,
                                        (int) Character.LINE_SEPARATOR,
                                        (int) Character.PARAGRAPH_SEPARATOR,
                                        (int) Character.SURROGATE)
                                    .contains(Character.getType(c))),
            "is printable")
        .satisfies(
            shown ->
                assertThat(shown.lines())
                    .noneMatch(line -> line.startsWith("✔ GO: nothing is pending\\u")));
  }

  private void add(String id, String outcome, String comment) throws SQLException {
    execute(
        "INSERT INTO DATABASECHANGELOG (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED,"
            + " EXECTYPE, COMMENTS) VALUES (?, 'me', 'db/changelog/next.yaml', CURRENT_TIMESTAMP,"
            + " 99, ?, ?)",
        id,
        outcome,
        comment);
  }

  private void execute(String sql, String... values) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
