// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the text of a preflight says beside its recommendation. */
class PreflightNotesTest {

  private final TestDatabase database = H2.database();
  @TempDir private Path folder;

  @Test
  void ofAnUnknownHeadThatIsAllowedSaysWhatIsAssumed() throws Exception {
    alembic("ffff0000aaaa");

    List<String> lines = preflight("allowed", "aaa1", "bbb2", "ccc3");

    assertThat(lines)
        .anyMatch(line -> line.contains("GO: nothing is known to be pending; that ffff0000aaaa"))
        .anyMatch(line -> line.startsWith("  note") && line.contains("it is assumed, not known"));
  }

  @Test
  void ofAHeadBesideItsAncestorSaysItOnce() throws Exception {
    alembic("aaa1", "bbb2");

    List<String> lines = preflight("refused", "aaa1", "bbb2", "ccc3");

    assertThat(lines).filteredOn(line -> line.contains("beside a revision")).hasSize(1);
    assertThat(lines).noneMatch(line -> line.startsWith("  note"));
    assertThat(lines.get(lines.size() - 1)).startsWith("[X] NO-GO: ");
  }

  @Test
  void ofANoGoSaysWhatTheStatusNotes() {
    LiquibaseRun.ofChangesets(database.dataSource(), "src/db.xml", "1", "2").update();

    List<String> lines = preflight("refused", "other/db.xml::1::tester", "x.xml::2::tester");

    assertThat(lines)
        .filteredOn(line -> line.startsWith("  note"))
        .anyMatch(line -> line.contains("src/db.xml::1::tester is, which has the same id"));
    assertThat(lines).doesNotHaveDuplicates();
  }

  @Test
  void ofManyNotesAreCounted() {
    String[] ids = new String[20];
    Arrays.setAll(ids, i -> "c" + i);
    LiquibaseRun.ofChangesets(database.dataSource(), "src/db.xml", ids).update();
    String[] chain =
        Arrays.stream(ids).map(id -> "d/" + id + "::" + id + "::tester").toArray(String[]::new);

    List<String> lines = preflight("refused", chain);

    assertThat(lines).filteredOn(line -> line.startsWith("  note")).hasSizeLessThan(16);
    assertThat(lines).anyMatch(line -> line.endsWith("8 more notes: see --format json"));
  }

  private void alembic(String... heads) throws Exception {
    database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)");
    for (String head : heads) {
      database.execute("INSERT INTO alembic_version VALUES ('" + head + "')");
    }
  }

  private List<String> preflight(String unknownAhead, String... chain) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      Path matrix = folder.resolve("compatibility.md");
      Files.writeString(
          matrix,
          "Unknown ahead: "
              + unknownAhead
              + "\n\n| App version | Expected |\n|---|---|\n| current | head |\n");
      Path revisions = folder.resolve("revisions.txt");
      Files.write(revisions, List.of(chain));
      System.setOut(new PrintStream(printed, true, UTF_8));
      CommandLineRun.of(
          "preflight",
          "--plain",
          "--url",
          database.url(),
          "--user",
          database.user(),
          "--matrix",
          matrix.toString(),
          "--revisions",
          revisions.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8).lines().toList();
  }
}
