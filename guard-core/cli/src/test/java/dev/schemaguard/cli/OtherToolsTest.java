// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.OtherTool;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The settings that the documents give for each tool, on the table that this tool makes. */
class OtherToolsTest {

  private static final List<String> SETTINGS =
      List.of(
          "schema",
          "table",
          "revision-column",
          "order-column",
          "applied-when",
          "failed-when",
          "rows-where",
          "rows-hold");

  @TempDir private Path folder;
  private OtherTool tool = OtherTool.RAILS;
  private String reader = "";
  private TestDatabase database;
  private List<String> settings = List.of();
  private List<String> names = List.of();

  /** The others are tried on H2 in every build. */
  @Tag("full")
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"PRISMA", "DJANGO"})
  void giveEveryVerdictByTheLibraryAndTheCommandLine(OtherTool each) throws Exception {
    assertEveryVerdictOnPostgres(each);
  }

  @ParameterizedTest
  @EnumSource(names = {"PRISMA", "DJANGO"})
  void giveEveryVerdictOnPostgresWhichTheirConditionsNeed(OtherTool each) throws Exception {
    assertEveryVerdictOnPostgres(each);
  }

  private void assertEveryVerdictOnPostgres(OtherTool each) throws Exception {
    prepare(each, Postgres.database());
    reader = Postgres.role("reader");
    String schema = setting("schema").isEmpty() ? "public" : setting("schema");
    database.execute(
        "CREATE SCHEMA IF NOT EXISTS " + schema,
        "GRANT USAGE ON SCHEMA " + schema + " TO \"" + reader + "\"");
    assertVerdict(Verdict.UNINITIALIZED, 7);

    database.execute(tool.tables());
    database.execute("GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO \"" + reader + "\"");
    assertEverySituation();
  }

  /** Without those whose conditions would have to quote their columns in H2. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"PRISMA", "DJANGO"})
  void giveEveryVerdictOnH2Too(OtherTool each) throws Exception {
    prepare(each, H2.database());
    reader = database.user();
    if (!setting("schema").isEmpty()) {
      database.execute("CREATE SCHEMA " + setting("schema"));
    }
    database.execute(tool.tables());
    assertEverySituation();
  }

  @Test
  void anAtlasBaselineIsOneMigrationSoTheChainBeginsWithIt() throws Exception {
    prepare(OtherTool.ATLAS, H2.database());
    reader = database.user();
    database.execute("CREATE SCHEMA " + setting("schema"));
    database.execute(tool.tables());
    database.execute(OtherTool.atlasBaseline(names.get(0)));
    record(1);
    record(2);
    assertVerdict(Verdict.UP_TO_DATE, 0);

    String earlier = "20230101120000";
    Files.writeString(
        folder.resolve("revisions.txt"), earlier + "\n" + String.join("\n", names.subList(0, 3)));
    assertThat(assertVerdict(Verdict.BEHIND, 3).pendingRevisions()).containsExactly(earlier);
  }

  @Test
  void areGivenForNoOtherTools() {
    assertThat(documented().rows())
        .extracting(cells -> cells.get(0))
        .containsExactlyElementsOf(Stream.of(OtherTool.values()).map(OtherTool::title).toList());
  }

  private static Document.Table documented() {
    return Document.of("docs/how-to/other-tools.md")
        .tables("tool", "`table`", "`failed-when`")
        .get(0);
  }

  private String setting(String name) {
    return settings.get(SETTINGS.indexOf(name));
  }

  private void assertEverySituation() throws Exception {
    if (setting("rows-hold").isEmpty()) {
      assertEveryMigrationCounts();
    } else {
      assertTheNewestVersionCounts();
    }
  }

  private void assertTheNewestVersionCounts() throws Exception {
    MigrationStatus empty = assertVerdict(Verdict.UNINITIALIZED, 7);
    assertThat(empty.problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
    record(0);
    MigrationStatus behind = assertVerdict(Verdict.BEHIND, 3);
    assertThat(behind.pendingRevisions()).containsExactly(names.get(1), names.get(2));
    record(1);
    assertVerdict(Verdict.BEHIND_COMPATIBLE, 0);
    record(2);
    assertVerdict(Verdict.UP_TO_DATE, 0);
    record(3);
    MigrationStatus ahead = assertVerdict(Verdict.AHEAD_UNKNOWN, 4);
    assertThat(ahead.aheadRevisions()).containsExactly(names.get(3));
    assertThat(ahead.currentRevision()).isEqualTo(names.get(3));
    assertThat(ahead.pendingRevisions()).isEmpty();
  }

  private void assertEveryMigrationCounts() throws Exception {
    MigrationStatus empty = assertVerdict(Verdict.UNINITIALIZED, 7);
    assertThat(empty.problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
    record(0);
    assertVerdict(Verdict.BEHIND, 3);
    record(2);
    MigrationStatus gap = assertVerdict(Verdict.BEHIND, 3);
    assertThat(gap.pendingRevisions()).containsExactly(names.get(1));
    assertThat(gap.currentRevision()).isEqualTo(names.get(2));
    record(1);
    assertVerdict(Verdict.UP_TO_DATE, 0);
    record(3);
    MigrationStatus ahead = assertVerdict(Verdict.AHEAD_UNKNOWN, 4);
    assertThat(ahead.aheadRevisions()).containsExactly(names.get(3));
    assertThat(ahead.currentRevision()).isEqualTo(names.get(3));
    undo(3);
    assertVerdict(Verdict.UP_TO_DATE, 0);
    undo(2);
    assertVerdict(Verdict.BEHIND_COMPATIBLE, 0);
    if (tool.fail(names.get(2)).isPresent()) {
      database.execute(tool.fail(names.get(2)).get());
      MigrationStatus failed = assertVerdict(Verdict.FAILED, 5);
      assertThat(failed.failedRevisions()).containsExactly(names.get(2));
      undo(2);
      assertVerdict(Verdict.BEHIND_COMPATIBLE, 0);
      record(2);
      assertVerdict(Verdict.UP_TO_DATE, 0);
    }
  }

  private void prepare(OtherTool each, TestDatabase fresh) throws IOException {
    tool = each;
    database = fresh;
    List<String> row =
        documented().rows().stream()
            .filter(cells -> cells.get(0).equals(tool.title()))
            .findFirst()
            .get();
    List<String> cells = row.stream().map(cell -> cell.replace("`", "")).toList();
    settings = cells.subList(1, 1 + SETTINGS.size());
    String first = cells.get(1 + SETTINGS.size());
    names = Stream.of(0, 1, 2, 3).map(i -> later(first, i)).toList();
    Files.writeString(
        folder.resolve("revisions.txt"), String.join("\n", names.subList(0, 3)) + "\n");
    Files.writeString(
        folder.resolve("compatibility.md"),
        """
        | App version | Expected | Min |
        |-------------|----------|-----|
        | current     | head     | %s  |
        """
            .formatted(names.get(1)));
  }

  /** The name of a later migration: of another year, or the next number. */
  private static String later(String first, int number) {
    if (first.matches("[\\d.]{1,6}")) {
      String last = first.replaceFirst(".*\\.", "");
      return first.substring(0, first.length() - last.length()) + (Integer.parseInt(last) + number);
    }
    return first
        .replace("2024", "202" + (4 + number))
        .replace("1704", "170" + (4 + number))
        .replace("0001", "000" + (1 + number));
  }

  private void record(int revision) throws SQLException {
    database.execute(tool.apply(names.get(revision)));
  }

  private void undo(int revision) throws SQLException {
    database.execute(tool.undo(names.get(revision)));
  }

  private MigrationStatus assertVerdict(Verdict verdict, int exitCode) {
    CustomHistoryTable table =
        CustomHistoryTable.configured(
                Tool.TABLE,
                setting("table"),
                setting("revision-column"),
                setting("order-column"),
                setting("applied-when"),
                setting("failed-when"),
                setting("rows-where"),
                setting("rows-hold"))
            .orElseThrow();
    String schema = setting("schema").isEmpty() ? null : setting("schema");
    MigrationStatus status =
        SchemaGuard.builder(database.as(reader, password()))
            .matrix(CompatibilityMatrix.file(folder.resolve("compatibility.md")))
            .customTable(table)
            .history(new HistoryLocation(schema, null, null))
            .environment(variable -> null)
            .build()
            .check();
    assertThat(status.verdict()).as("%s: %s", tool, status.error()).isEqualTo(verdict);
    assertThat(commandLine()).isEqualTo(exitCode);
    return status;
  }

  private String password() {
    return reader.equals(database.user()) ? database.password() : reader;
  }

  private int commandLine() {
    List<String> arguments =
        new ArrayList<>(Arrays.asList("check", "--tool", "table", "--url", database.url()));
    arguments.addAll(List.of("--user", reader, "--password", password()));
    arguments.addAll(List.of("--matrix", folder.resolve("compatibility.md").toString()));
    for (int i = 0; i < settings.size(); i++) {
      if (!settings.get(i).isEmpty()) {
        arguments.addAll(List.of("--" + SETTINGS.get(i), settings.get(i)));
      }
    }
    return Main.run(arguments.toArray(String[]::new));
  }
}
