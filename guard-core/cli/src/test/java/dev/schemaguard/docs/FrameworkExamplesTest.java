// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Document.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages for Quarkus and Micronaut show what is in docs/examples, which the profile examples
 * compiles and starts.
 */
class FrameworkExamplesTest {

  private static final Pattern FRAMEWORK_VERSION =
      Pattern.compile("(?:<quarkus.version>|micronaut-platform</artifactId>\\s*<version>)([^<]+)<");

  private static Path example(String framework) {
    return Document.root().resolve("docs/examples").resolve(framework);
  }

  private static String stripped(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarkus", "micronaut"})
  void aPageShowsTheClassesOfItsExample(String framework) throws IOException {
    List<String> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(example(framework).resolve("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        classes.add(stripped(Files.readString(file)));
      }
    }
    List<Block> shown = Document.of("docs/start/" + framework + ".md").blocks("java");
    assertThat(shown).hasSizeGreaterThan(2);
    assertThat(shown)
        .allSatisfy(
            block ->
                assertThat(classes)
                    .as(block.toString())
                    .anyMatch(text -> text.contains(stripped(block.text()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarkus", "micronaut"})
  void aPageNamesTheVersionsOfItsExample(String framework) throws IOException {
    String pom = Files.readString(example(framework).resolve("pom.xml"));
    String page = String.join(" ", Document.of("docs/start/" + framework + ".md").lines());
    Matcher version = FRAMEWORK_VERSION.matcher(pom);
    assertThat(version.find()).isTrue();
    assertThat(page).containsIgnoringCase("run with " + framework + " " + version.group(1) + " ");
  }
}
