// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The schema files of the sample application in {@code changelogs}: first written by its oldest
 * version, then updated release by release.
 */
class StatewaveSchemaFilesTest {

  /** The positions of the heads of its versions in the chain, from 1. */
  private static final int[] RELEASES = {1, 4, 5, 8, 9, 12};

  /** The products that it is documented on. */
  private enum Product {
    POSTGRESQL {
      @Override
      TestDatabase database() {
        return Postgres.database();
      }
    },
    H2 {
      @Override
      TestDatabase database() {
        return dev.schemaguard.testing.H2.database();
      }
    };

    abstract TestDatabase database();
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void areWhatItsReleasesWrite(Product product) throws IOException {
    TestDatabase database = product.database();
    String[] chain =
        Statewave.resource("statewave/schema-guard/revisions.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toArray(String[]::new);
    int applied = 0;
    Path file = folder;
    for (int release : RELEASES) {
      Statewave.update(database.dataSource(), release - applied);
      applied = release;
      Files.write(folder.resolve("revisions.txt"), Arrays.asList(chain).subList(0, release));
      SchemaFileUpdate update =
          MigratedDatabase.of(database.dataSource())
              .update(
                  folder,
                  CompatibilityMatrix.ofChain(RevisionChain.file(folder.resolve("revisions.txt"))));
      update.writeTo(update.file());
      file = update.file();
    }
    Path committed =
        Document.root().resolve("changelogs/statewave/structure").resolve(file.getFileName());

    assertThat(committed).content().isEqualTo(Files.readString(file));
  }
}
