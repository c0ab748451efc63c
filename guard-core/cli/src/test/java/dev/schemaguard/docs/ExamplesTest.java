// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.build.SchemaFiles;
import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the freshness test of each project in docs/examples on a copy of its files. */
class ExamplesTest {

  private static final String CHANGELOG = "db/changelog/db.changelog-master.yaml";
  private static final String CHANGESET =
      "  - changeSet: { id: 0003_state, author: orders, changes: [ tagDatabase: { tag: three } ] }\n";

  @TempDir Path resources;

  static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(Document.root().resolve("docs/examples"))) {
      return files
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private void copy(String example) throws IOException {
    Path from = Document.root().resolve("docs/examples").resolve(example + "/src/main/resources");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = resources.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private void verify() {
    SchemaFiles files =
        Files.exists(resources.resolve(CHANGELOG))
            ? SchemaFiles.liquibase(CHANGELOG).searchPath(resources)
            : SchemaFiles.flyway("db/migration");
    files.in(resources).verify();
  }

  private void addMigration() throws IOException {
    Path changelog = resources.resolve(CHANGELOG);
    if (Files.exists(changelog)) {
      Files.writeString(changelog, Files.readString(changelog) + CHANGESET);
    } else {
      Files.writeString(resources.resolve("db/migration/V3__state.sql"), "SELECT 1;");
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void itsFilesAreCurrentAndOneMoreMigrationTurnsItsTestRed(String example) throws IOException {
    copy(example);
    assertThatCode(this::verify).doesNotThrowAnyException();

    addMigration();

    assertThatThrownBy(this::verify)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("revisions.txt")
        .hasMessageFindingMatch("(?m)^\\+ .*3(\talias=3_state|_state::orders)");
  }

  @Test
  void theirPageListsThem() throws IOException {
    String page = String.join("\n", Document.of("docs/examples/README.md").lines());

    assertThat(examples()).isNotEmpty().allMatch(example -> page.contains("](" + example + "/"));
  }
}
