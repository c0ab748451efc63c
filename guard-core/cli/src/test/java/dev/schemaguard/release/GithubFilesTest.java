// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The workflow, the issue forms and the settings of dependabot can be read, and name what exists.
 */
class GithubFilesTest {

  private static final Path FOLDER = Document.root().resolve(".github");

  private static Map<?, ?> read(Path file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
  }

  static Stream<Path> forms() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("ISSUE_TEMPLATE"))) {
      return files.toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aFormHasANameADescriptionAndRequiredAnswers(Path form) throws IOException {
    Map<?, ?> read = read(form);

    assertThat(read.get("name")).isInstanceOf(String.class);
    assertThat(read.get("description")).isInstanceOf(String.class);
    assertThat((List<?>) read.get("body"))
        .isNotEmpty()
        .allSatisfy(field -> assertThat(((Map<?, ?>) field).containsKey("attributes")).isTrue());
  }

  @Test
  void aWrongVerdictIsReportedWithTheStatus() throws IOException {
    assertThat(Files.readString(FOLDER.resolve("ISSUE_TEMPLATE/wrong-verdict.yml")))
        .contains("status --format json");
  }

  @Test
  void theWorkflowRunsWhatExistsOnTwoJdksAndThreeSystems() throws IOException {
    Path file = FOLDER.resolve("workflows/build.yml");
    Map<?, ?> jobs = (Map<?, ?>) read(file).get("jobs");
    String text = Files.readString(file);

    assertThat(jobs).hasSize(2);
    assertThat(text)
        .contains("[17, 25]", "ubuntu-latest", "macos-latest, windows-latest")
        .contains("run: .ci/run", "run: .ci/reproducible", "./mvnw -B -ntp verify");
    assertThat(Document.root().resolve(".ci/run")).isExecutable();
    assertThat(Document.root().resolve(".ci/reproducible")).isExecutable();
    assertThat(Document.root().resolve("mvnw")).isExecutable();
  }

  @Test
  void dependabotLooksAfterTheLibrariesAndTheWorkflow() throws IOException {
    assertThat((List<?>) read(FOLDER.resolve("dependabot.yml")).get("updates"))
        .extracting(each -> ((Map<?, ?>) each).get("package-ecosystem"))
        .hasToString("[maven, github-actions]");
  }
}
