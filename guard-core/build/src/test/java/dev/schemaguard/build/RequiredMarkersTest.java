// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify --require-markers} refuses. */
class RequiredMarkersTest {

  @TempDir private Path directory;

  private List<ConfigurationException> errors(String sql, String row, Set<String> newRevisions)
      throws IOException {
    Files.writeString(directory.resolve("1_a.up.sql"), "CREATE TABLE t (a int, b int);");
    Files.writeString(directory.resolve("2_b.up.sql"), sql);
    GolangMigrateSources sources = GolangMigrateSources.directory(directory);
    CompatibilityMatrix matrix =
        CompatibilityMatrix.parse(
            "Application: orders\n\n| App version | Expected |\n|---|---|\n" + row + "\n",
            RevisionChain.parse("1\n2\n", "revisions.txt"));
    return RequiredMarkers.errors(matrix, sources.read(), sources.impacts(), newRevisions);
  }

  @Test
  void aNewContractNeedsAMarker() throws IOException {
    assertThat(errors("ALTER TABLE t DROP COLUMN b;", "| 1.0.0 | 1 |", Set.of()))
        .singleElement()
        .asString()
        .contains("2: it breaks older versions", "requires-app 1.5.0 2");
    assertThat(errors("ALTER TABLE t DROP COLUMN b;", "| current | head |", Set.of("2")))
        .hasSize(1);
  }

  @Test
  void soDoesWhatCannotBeJudged() throws IOException {
    assertThat(errors("UPDATE t SET b = 1;", "| 1.0.0 | 1 |", Set.of()))
        .singleElement()
        .asString()
        .contains("2: it may break older versions");
  }

  @Test
  void anExpandAMarkedAndAnOldMigrationDoNot() throws IOException {
    String marker = "COMMENT ON TABLE schema_migrations IS 'requires-app 1.0.0 2';";

    assertThat(errors("CREATE TABLE u (a int);", "| 1.0.0 | 1 |", Set.of())).isEmpty();
    assertThat(errors("ALTER TABLE t DROP COLUMN b;" + marker, "| 1.0.0 | 1 |", Set.of()))
        .isEmpty();
    assertThat(errors("ALTER TABLE t DROP COLUMN b;", "| 1.0.0 | 2 |", Set.of())).isEmpty();
  }

  @Test
  void aMarkerOfAnotherApplicationIsNone() throws IOException {
    String other = "COMMENT ON TABLE schema_migrations IS 'requires-app billing 1.0.0 2';";

    assertThat(errors("ALTER TABLE t DROP COLUMN b;" + other, "| 1.0.0 | 1 |", Set.of()))
        .hasSize(1);
  }
}
