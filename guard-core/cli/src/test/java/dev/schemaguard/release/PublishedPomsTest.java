// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Maven Central asks of a pom, and what an application expects of the published artifacts. */
class PublishedPomsTest {

  private static final Pattern EXPORT = Pattern.compile("exports ([\\w.]+);");

  static List<PomFile> published() throws IOException {
    return PomFile.published();
  }

  static List<PomFile> jars() throws IOException {
    return PomFile.published().stream()
        .filter(pom -> !pom.text("/project/packaging").equals("pom"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyArtifactSaysWhatItIs(PomFile pom) {
    assertThat(pom.text("/project/name")).startsWith("Schema Guard: ");
    assertThat(pom.text("/project/description")).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("jars")
  void everyJarHasItsSourcesAndJavadocBesideIt(PomFile pom) {
    assertThat(pom.texts("/project/build/plugins/plugin/artifactId"))
        .contains("maven-source-plugin", "maven-javadoc-plugin");
  }

  @Test
  void theParentHasWhatEveryPublishedPomTakesFromIt() throws IOException {
    PomFile parent = PomFile.parent();

    assertThat(parent.text("/project/licenses/license/name")).isEqualTo("Apache-2.0");
    assertThat(parent.text("/project/developers/developer/name")).isNotEmpty();
    assertThat(parent.text("/project/url")).isEqualTo("${release.url}");
    assertThat(parent.text("/project/scm/url")).isEqualTo("${release.scm}");
    assertThat(parent.text("/project/scm/connection")).isEqualTo("scm:git:${release.scm}");
    assertThat(parent.text("/project/scm/developerConnection")).isEqualTo("scm:git:${release.scm}");
    assertThat(parent.text("/project/properties/release.url")).isEmpty();
    assertThat(parent.text("/project/properties/release.scm")).isEmpty();
    assertThat(parent.texts("//profile[id='release']//requireProperty/property"))
        .containsExactly("release.url", "release.scm");
  }

  @Test
  void theBomNamesEveryJar() throws IOException {
    PomFile bom = PomFile.of(Document.root(), "guard-core/bom");

    assertThat(bom.texts("/project/dependencyManagement/dependencies/dependency/artifactId"))
        .containsExactlyInAnyOrderElementsOf(jars().stream().map(PomFile::artifact).toList());
    assertThat(bom.texts("//dependency/version").distinct())
        .containsExactly(PomFile.parent().text("/project/version"));
  }

  /** Users cannot call what a module does not export to them: it may change. */
  @Test
  void theApiIsComparedWithoutWhatNoModuleExports() throws IOException {
    Set<String> hidden = new TreeSet<>();
    for (PomFile pom : jars()) {
      Path sources = Document.root().resolve(pom.folder()).resolve("src/main/java");
      Set<String> exported =
          EXPORT
              .matcher(Files.readString(sources.resolve("module-info.java")))
              .results()
              .map((MatchResult export) -> export.group(1))
              .collect(Collectors.toSet());
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java") && !sources.equals(file.getParent()))
            .map(file -> sources.relativize(file.getParent()).toString())
            .map(folder -> folder.replace('\\', '/').replace('/', '.'))
            .filter(name -> !exported.contains(name))
            .forEach(hidden::add);
      }
    }

    // Without it, japicmp compares nothing before 1.0.0.
    assertThat(PomFile.parent().text("//breakBuildBasedOnSemanticVersioningForMajorVersionZero"))
        .isEqualTo("true");
    assertThat(PomFile.parent().texts("//profile[id='api']//exclude"))
        .containsExactlyElementsOf(hidden);
  }
}
