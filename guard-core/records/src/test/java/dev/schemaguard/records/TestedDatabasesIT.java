// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Figures;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The table of databases, in every build. {@link ReliabilityIT} compares all of it in the full one.
 */
@DisabledIfSystemProperty(named = "test", matches = ".+")
class TestedDatabasesIT {

  @Test
  void theDatabasesOfThisBuildAreInTheTable() throws IOException {
    List<String> recorded =
        Figures.recorded(List.of(Document.root().resolve("guard-core/tests")), "databases");

    assertThat(recorded).as("rows that the tests of guard-core recorded").isNotEmpty();
    assertThat(Document.of("docs/reference/databases.md").lines()).containsAll(recorded);
  }
}
