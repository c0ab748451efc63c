// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Updates and verifies the schema files in the freshness test.
 *
 * @param folder the directory of the files
 * @param refresh handles a file that is not current
 * @param databases the migrated databases, each of another product
 */
record SchemaFilesRefresh(Path folder, ChainRefresh refresh, List<MigratedDatabase> databases) {

  /**
   * Returns what is wrong with the schema files, each problem as a text.
   *
   * @param usual the tool that migrated the databases, if they do not name one
   */
  List<String> problems(CompatibilityMatrix matrix, Tool usual) {
    List<String> problems = new ArrayList<>();
    Set<Path> written = new HashSet<>();
    for (MigratedDatabase database : databases) {
      try {
        SchemaFileUpdate update = database.update(folder, matrix, usual);
        if (!written.add(update.file())) {
          throw new ConfigurationException(
              "withSchema(…)",
              "two databases are of the product of " + update.file().getFileName(),
              "Name one database of each product.");
        }
        FilesVerification.warn(update.warnings());
        if (!update.isCurrent()) {
          problems.add(refresh.refresh(update.file(), update));
        }
      } catch (ConfigurationException e) {
        problems.add(e.getMessage());
      }
    }
    SchemaFileVerification verification = SchemaFileVerification.of(folder, matrix);
    verification.errors().forEach(error -> problems.add(error.getMessage()));
    if (databases.isEmpty()) {
      FilesVerification.warn(verification.warnings());
    }
    return problems;
  }
}
