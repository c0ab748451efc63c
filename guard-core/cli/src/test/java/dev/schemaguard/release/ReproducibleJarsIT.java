// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What would make the jars of two builds of one commit differ. {@code .ci/reproducible} builds
 * twice and compares all published files.
 */
class ReproducibleJarsIT {

  private static final Set<String> OF_THE_BUILD =
      Set.of(
          "Build-Jdk-Spec",
          "Created-By",
          "Java-Version",
          "Main-Class",
          "Manifest-Version",
          "Multi-Release");

  @ParameterizedTest
  @ValueSource(strings = {"core.jar", "cli.jar"})
  void everyEntryIsOfTheMomentThatThePomNames(String property) throws IOException {
    LocalDateTime moment =
        OffsetDateTime.parse(
                PomFile.parent().text("/project/properties/project.build.outputTimestamp"))
            .toLocalDateTime();
    try (JarFile jar = jar(property)) {
      assertThat(jar.stream().map(JarEntry::getTimeLocal).collect(Collectors.toSet()))
          .containsExactly(moment);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"core.jar", "cli.jar"})
  void nothingTellsWhereItWasBuilt(String property) throws IOException {
    String folder = Document.root().toRealPath().toString();
    Set<String> telling = new TreeSet<>();
    try (JarFile jar = jar(property)) {
      for (JarEntry entry : jar.stream().toList()) {
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains(folder)) {
          telling.add(entry.getName());
        }
      }
    }

    assertThat(folder).hasSizeGreaterThan(3);
    assertThat(telling).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"core.jar", "cli.jar"})
  void theManifestTellsNeitherWhoBuiltItNorWhen(String property) throws IOException {
    try (JarFile jar = jar(property)) {
      assertThat(jar.getManifest().getMainAttributes().keySet())
          .extracting(Object::toString)
          .allMatch(name -> OF_THE_BUILD.contains(name) || name.startsWith("Implementation-"));
    }
  }

  private static JarFile jar(String property) throws IOException {
    return new JarFile(System.getProperty(property));
  }
}
