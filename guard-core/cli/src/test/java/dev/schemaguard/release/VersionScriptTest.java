// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of a release, in a copy of the files that they change. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a release is made on Linux or macOS")
class VersionScriptTest {

  private static final String EXAMPLES = "docs/examples/";

  /** What a script left behind. */
  private record Result(int exitCode, String output) {}

  @TempDir Path copy;

  private final List<Path> changed = new ArrayList<>();

  @BeforeEach
  void copyPomsAndDocumentation() throws IOException {
    copy("pom.xml");
    for (String folder : Stream.concat(modules(), examples()).distinct().toList()) {
      copy(folder + "/pom.xml");
    }
    try (Stream<Path> docs = Files.walk(Document.root().resolve("docs"))) {
      for (Path page : docs.filter(VersionScriptTest::hasVersions).toList()) {
        copy(Document.root().relativize(page).toString());
      }
    }
    copy("README.md");
    copy(".ci/version");
    copy(".ci/release");
  }

  private static Stream<String> modules() throws IOException {
    return PomFile.modules().stream().map(PomFile::folder);
  }

  private static boolean hasVersions(Path file) {
    return file.toString().endsWith(".md") || file.toString().endsWith(".gradle.kts");
  }

  /** The examples that have a pom: some are modules, and each has a version of its own. */
  private static Stream<String> examples() throws IOException {
    try (Stream<Path> folders = Files.list(Document.root().resolve(EXAMPLES))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> EXAMPLES + folder.getFileName())
          .toList()
          .stream();
    }
  }

  private void copy(String file) throws IOException {
    Path target = copy.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(
        Document.root().resolve(file),
        target,
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    if (!file.startsWith(".ci")) {
      changed.add(target);
    }
  }

  private Result run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(copy.toFile());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("RELEASE_URL", "RELEASE_SCM", "MAVEN_GPG_KEY"));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  @Test
  void oneCommandSetsTheVersionInEveryPomAndPage() throws Exception {
    String before = PomFile.parent().text("/project/version");

    Result result = run(".ci/version", "7.8.9");

    assertThat(result).isEqualTo(new Result(0, before + " -> 7.8.9\n"));
    for (Path file : changed) {
      assertThat(file).content().as(file.toString()).doesNotContain(before);
    }
    for (String module : modules().filter(name -> !name.startsWith(EXAMPLES)).toList()) {
      assertThat(PomFile.of(copy, module).texts("/project/version | /project/parent/version"))
          .as(module)
          .contains("7.8.9");
    }
    for (String example : examples().toList()) {
      assertThat(PomFile.of(copy, example).texts("//dependency[groupId='dev.schemaguard']/version"))
          .as(example)
          .isNotEmpty()
          .containsOnly("7.8.9");
    }
    assertThat(PomFile.of(copy, "guard-core/bom").texts("//dependency/version").distinct())
        .containsExactly("7.8.9");
    assertThat(copy.resolve("README.md")).content().contains("<version>7.8.9</version>");
    assertThat(copy.resolve("docs/reference/chain.md")).content().contains("guard-core:7.8.9\"");
  }

  @Test
  void theNextVersionTakesItsPlace() throws Exception {
    assertThat(run(".ci/version", "7.8.9").exitCode()).isZero();
    assertThat(run(".ci/version", "7.9.0-SNAPSHOT").output())
        .isEqualTo("7.8.9 -> 7.9.0-SNAPSHOT\n");

    assertThat(copy.resolve("README.md")).content().contains("<version>7.9.0-SNAPSHOT</version>");
  }

  @Test
  void whatIsNotAVersionChangesNothing() throws Exception {
    Result result = run(".ci/version", "next");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains("this is not a version: 'next'");
    assertThat(copy.resolve("pom.xml")).hasSameTextualContentAs(Document.root().resolve("pom.xml"));
  }

  @Test
  void aReleaseWithoutAnAddressIsRefusedBeforeItBegins() throws Exception {
    Result result = run(".ci/release");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).startsWith("RELEASE_URL is not set. A release needs the addresses");
  }

  @Test
  void whatIsNotCommittedIsNotReleased() throws Exception {
    assertThat(run("git", "init", "-q").exitCode()).isZero();

    Result result =
        run(
            "env",
            "RELEASE_URL=https://page.example",
            "RELEASE_SCM=https://repository.example",
            "MAVEN_GPG_KEY=none",
            ".ci/release");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).startsWith("There are changes that are not committed. Commit them");
  }
}
