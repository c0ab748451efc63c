// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.build.impact.Impact;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.SqlScript;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Statewave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixProposalTest {

  @TempDir private Path directory;

  private final List<SourceRevision> sources = new ArrayList<>();
  private final List<RevisionImpact> impacts = new ArrayList<>();
  private String chain = "";

  private MatrixProposalTest add(String line, String sql) {
    Revision revision = Revision.parse(line, "revisions.txt", 1);
    chain += line + "\n";
    sources.add(new SourceRevision(Revision.of(revision.name()), null, false));
    impacts.add(RevisionImpact.of(revision.name(), new SqlScript(sql).changes()));
    return this;
  }

  private String propose(@Nullable String version, String document) throws IOException {
    Path file = directory.resolve("compatibility.md");
    Files.writeString(file, document);
    Files.writeString(directory.resolve("revisions.txt"), chain);
    return MatrixProposal.markdown(CompatibilityMatrix.file(file), sources, impacts, version);
  }

  /** The proposal, read as a matrix. */
  private CompatibilityMatrix read(String markdown) {
    CompatibilityMatrix matrix =
        CompatibilityMatrix.parse(markdown, RevisionChain.parse(chain, "revisions.txt"));
    matrix.rows().forEach(matrix::resolve);
    return matrix;
  }

  private static Map<String, @Nullable String> maxima(CompatibilityMatrix matrix) {
    Map<String, @Nullable String> maxima = new LinkedHashMap<>();
    matrix.rows().forEach(row -> maxima.put(row.label(), row.max()));
    return maxima;
  }

  private static final String EXPAND = "ALTER TABLE t ADD COLUMN c int";
  private static final String CONTRACT = "ALTER TABLE t DROP COLUMN c";
  private static final String UNCLEAR = "UPDATE t SET c = 1";

  private static String table(String... rows) {
    return "| App version | Expected | Min | Max |\n|---|---|---|---|\n"
        + String.join("\n", rows)
        + "\n";
  }

  @Nested
  class TheMaximumOfAnOlderVersion {

    private @Nullable String max(String row, String... effectsBehind) throws IOException {
      add("0001", "CREATE TABLE t (id int)");
      for (int i = 0; i < effectsBehind.length; i++) {
        add("000" + (i + 2), effectsBehind[i]);
      }
      return maxima(read(propose(null, table(row)))).get("1.0.0");
    }

    @Test
    void isTheLastBeforeWhatMayBreakIt() throws IOException {
      assertThat(max("| 1.0.0 | 0001 | | |", EXPAND, EXPAND, CONTRACT, EXPAND)).isEqualTo("0003");
    }

    @Test
    void isTheLastBeforeWhatIsUnclear() throws IOException {
      assertThat(max("| 1.0.0 | 0001 | | |", EXPAND, UNCLEAR)).isEqualTo("0002");
    }

    @Test
    void isTheHeadWhereEverythingExpands() throws IOException {
      assertThat(max("| 1.0.0 | 0001 | | |", EXPAND, EXPAND)).isEqualTo("0003");
    }

    @Test
    void isExpectedWhereTheNextMayBreakIt() throws IOException {
      assertThat(max("| 1.0.0 | 0001 | | |", CONTRACT)).isEqualTo("0001");
    }

    @Test
    void isLeftOpenWhereTheNextIsUnclear() throws IOException {
      assertThat(max("| 1.0.0 | 0001 | | |", UNCLEAR, EXPAND)).isNull();
    }

    @Test
    void isLeftOpenWhereNothingFollows() throws IOException {
      assertThat(max("| 1.0.0 | 0002 | 0001 | |", CONTRACT)).isNull();
    }

    @Test
    void staysWhereSomebodyHasNamedIt() throws IOException {
      assertThat(max("| 1.0.0 | 0001 | | 0002 |", EXPAND, EXPAND, CONTRACT)).isEqualTo("0002");
    }

    @Test
    void holdsAllOfExpectedOnABranchedChain() throws IOException {
      add("0001", "CREATE TABLE t (id int)");
      add("0002", EXPAND);
      add("0003", CONTRACT);
      add("0004\tparents=0002", EXPAND);
      assertThat(maxima(read(propose(null, table("| 1.0.0 | 0002 | | |")))))
          .containsEntry("1.0.0", "0004");
    }

    @Test
    void isNotOnABranchThatLacksExpected() throws IOException {
      add("0001", "CREATE TABLE t (id int)");
      add("0002", EXPAND);
      add("0003\tparents=0001", EXPAND);
      assertThat(maxima(read(propose(null, table("| 1.0.0 | 0002 | | |")))).get("1.0.0")).isNull();
    }

    @Test
    void passesOverWhatIsRetired() throws IOException {
      add("0001", "CREATE TABLE t (id int)");
      add("0002\tretired", CONTRACT);
      add("0003", EXPAND);
      assertThat(maxima(read(propose(null, table("| 1.0.0 | 0001 | | |")))))
          .containsEntry("1.0.0", "0003");
    }
  }

  @Nested
  class TheNewRow {

    @Test
    void expectsTheHeadAndNeedsAllOfIt() throws IOException {
      add("0001", "CREATE TABLE t (id int)");
      add("0002", EXPAND);
      String markdown = propose("1.1.0", table("| current | head | | |", "| 1.0.0 | 0001 | | |"));

      assertThat(read(markdown).rows())
          .extracting(MatrixRow::label)
          .containsExactly("current", "1.1.0", "1.0.0");
      assertThat(markdown).contains("| 1.1.0       | 0002     | 0002 |      |");
    }

    @Test
    void isRefusedWhereTheVersionHasOne() {
      add("0001", "CREATE TABLE t (id int)");

      assertThatThrownBy(() -> propose("v1.0", table("| 1.0.0 | 0001 | | |")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("compatibility.md:3: '1.0.0' has a row already");
    }

    @Test
    void isRefusedForWhatIsNoVersion() {
      add("0001", "CREATE TABLE t (id int)");

      assertThatThrownBy(() -> propose("next", table("| 1.0.0 | 0001 | | |")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'next' is not an application version");
    }
  }

  @Nested
  class TheTable {

    @Test
    void keepsItsOwnColumnsAndGetsOneForMaximaIfItHasNone() throws IOException {
      add("0001", "CREATE TABLE t (id int)");
      add("0002", EXPAND);
      String markdown =
          propose(
              "1.1.0",
              """
              # Orders

              Released | App version | Expected head revision | Min revision
              ---|---|---|---
              May \\| June | 1.0.0 | 0001 | 0001
              """);

      assertThat(markdown)
          .endsWith(
              """

              | Released    | App version | Expected head revision | Min revision | Max compatible revision |
              |-------------|-------------|------------------------|--------------|-------------------------|
              |             | 1.1.0       | 0002                   | 0002         |                         |
              | May \\| June | 1.0.0       | 0001                   | 0001         | 0002                    |
              """);
      assertThat(maxima(read(markdown))).containsEntry("1.0.0", "0002");
    }

    @Test
    void ofAChainAloneIsTheUsualOne() {
      add("0001", "CREATE TABLE t (id int)");
      CompatibilityMatrix matrix =
          CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt"));

      assertThat(MatrixProposal.markdown(matrix, sources, impacts, "1.0"))
          .contains("| current     | head ", "| 1.0         | 0001 ");
    }
  }

  @Test
  void reasonsAreCommentsThatNothingInThemEnds() throws IOException {
    add("0001", "CREATE TABLE t (id int)");
    add("0002", "DROP TABLE \"x-->y--\"");
    String markdown = propose(null, table("| 1.0.0 | 0001 | | |"));

    assertThat(markdown).contains("which drops table \"x- - >y- -\"");
    assertThat(markdown.lines().filter(line -> line.startsWith("<!--")))
        .isNotEmpty()
        .allMatch(line -> line.indexOf("-->") == line.length() - 3);
    assertThat(maxima(read(markdown))).containsEntry("1.0.0", "0001");
  }

  /** The sample application: each judgement was looked at by a person. */
  @Test
  void ofTheSampleIsWhatAPersonFinds() {
    MigrationSources statewave =
        LiquibaseSources.directory(
            Path.of("../../changelogs/statewave"), "db/changelog/db.changelog-master.yaml");
    Map<Impact, List<String>> found =
        statewave.impacts().stream()
            .collect(
                Collectors.groupingBy(
                    RevisionImpact::impact,
                    Collectors.mapping(
                        impact -> Revision.of(impact.revision()).shortName().substring(0, 4),
                        Collectors.toList())));

    assertThat(found)
        .containsEntry(Impact.CONTRACT, List.of("0004", "0006", "0010", "0011"))
        .containsEntry(Impact.UNCLEAR, List.of("0007"))
        .containsEntry(
            Impact.EXPAND, List.of("0001", "0002", "0003", "0005", "0008", "0009", "0012"));

    CompatibilityMatrix matrix = Statewave.matrix();
    String markdown =
        MatrixProposal.markdown(matrix, statewave.read(), statewave.impacts(), "0.7.0");
    assertThat(markdown)
        .isEqualTo(Document.of("docs/reference/changes.md").blocks("markdown").get(0).text());
    CompatibilityMatrix proposed =
        CompatibilityMatrix.parse(markdown, matrix.chain().orElseThrow());
    proposed.rows().forEach(proposed::resolve);
    assertThat(maxima(proposed))
        .containsEntry("0.4.0", "0009_add_rate_limit_table")
        .containsEntry("0.1.0", "0003_add_memory_embedding");
  }
}
