// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.GolangMigrateTool;
import dev.schemaguard.tool.NumberedChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GolangMigrateSourcesTest {

  @TempDir private Path directory;

  @Test
  void everyVersionIsALineInTheOrderOfTheNumbers() throws IOException {
    files(
        "000002_orders.up.sql",
        "000002_orders.down.sql",
        "10_lines.up.sql",
        "1_init.up.sql",
        "1_begin.down.sql",
        "20260301101500_timestamp.up.sql",
        "3_.up.sql",
        "4_a.up.b.up.sql",
        "18446744073709551615_last.up.sql");

    assertThat(lines())
        .containsExactly(
            "1\talias=1_init",
            "000002\talias=000002_orders",
            "3",
            "4\talias=4_a.up.b",
            "10\talias=10_lines",
            "20260301101500\talias=20260301101500_timestamp",
            "18446744073709551615\talias=18446744073709551615_last");
  }

  @Test
  void aVersionThatCanOnlyBeUndoneIsAppliedAsAnEmptyOne() throws IOException {
    files("1_init.up.sql", "2_gone.down.sql", "3_x.up.sql");

    assertThat(lines()).containsExactly("1\talias=1_init", "2\talias=2_gone", "3\talias=3_x");
  }

  @Test
  void whatGolangMigratePassesOverIsPassedOver() throws IOException {
    files(
        "1_init.sql",
        "2-x.up.sql",
        "v3_x.up.sql",
        "4_x.UP.sql",
        "5.up.sql",
        "README.md",
        "sub/6_x.up.sql");
    Files.createDirectory(directory.resolve("7_folder.up.d"));

    assertThat(lines()).isEmpty();
  }

  @Test
  void aVersionBeyond64BitsIsAnErrorBecauseGolangMigrateIgnoresIt() throws IOException {
    files("18446744073709551615_last.up.sql");
    assertThat(lines()).hasSize(1);

    files("18446744073709551616_beyond.up.sql");
    assertThatThrownBy(this::lines)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("18446744073709551616_beyond.up.sql")
        .hasMessageContaining("golang-migrate ignores the file");
  }

  @ParameterizedTest
  @CsvSource({"1_a.up.sql, 001_b.up.sql", "1_a.down.sql, 01_a.down.sql", "1_a.up.sql, 1_a.up.go"})
  void twoFilesOfOneVersionAndDirectionAreAnErrorThatNamesBoth(String one, String other)
      throws IOException {
    files(one, other);

    assertThatThrownBy(this::lines)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(one)
        .hasMessageContaining(other);
  }

  @Test
  void aDirectoryThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> GolangMigrateSources.directory(directory.resolve("no")).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(directory.resolve("no").toString())
        .hasMessageContaining("NoSuchFileException");
  }

  @ParameterizedTest
  @CsvSource({
    "12, 000012",
    "000012, 000012",
    "000012_add_health_cache, 000012",
    "000012_add, 000012",
    "2, 000002"
  })
  void aVersionIsFoundByNumberAndByName(String reference, String name) throws IOException {
    files("000012_add_health_cache.up.sql", "000002_orders.up.sql");

    RevisionChain chain = update(null).chain();
    new NumberedChain(chain, GolangMigrateTool.NUMBERING, "postgresql");

    assertThat(chain.resolve(reference, "here").name()).isEqualTo(name);
  }

  @Test
  void theChainKeepsItsOrderAndWhatIsNewIsAppended() throws IOException {
    files("1_a.up.sql", "2_late.up.sql", "3_c.up.sql", "4_d.up.sql");

    assertThat(update("1\n3\talias=3_c\n").text())
        .isEqualTo("1\talias=1_a\n3\talias=3_c\n2\talias=2_late\n4\talias=4_d\n");
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private List<String> lines() {
    return GolangMigrateSources.directory(directory).read().stream()
        .map(source -> ChainLine.of(source.revision()).text())
        .toList();
  }

  private ChainUpdate update(String before) {
    return ChainFile.of(before, "revisions.txt")
        .update(GolangMigrateSources.directory(directory).read());
  }
}
