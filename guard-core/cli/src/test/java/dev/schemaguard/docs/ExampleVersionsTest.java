// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The versions in the poms of the examples are those of this build. */
class ExampleVersionsTest {

  private static final Pattern DEPENDENCY =
      Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

  @ParameterizedTest
  @ValueSource(strings = {"plain-java", "tenants", "tomcat-war"})
  void thePomNamesVersionsOfThisBuild(String name) throws IOException {
    Map<String, String> versions = versions(ExampleProject.folder(name).resolve("pom.xml"));
    String used =
        Files.readString(Document.root().resolve("pom.xml"))
            + Files.readString(Document.root().resolve("guard-servlet/pom.xml"));
    String own = versions(Document.root().resolve("pom.xml")).get("schema-guard-parent");

    assertThat(versions).containsEntry("guard-build", own);
    versions.forEach(
        (artifact, version) -> {
          if (artifact.startsWith("guard-")) {
            assertThat(version).as(artifact).isEqualTo(own);
          } else if (!artifact.equals("orders") && !artifact.endsWith("-plugin")) {
            assertThat(used).as(artifact).containsPattern(">" + Pattern.quote(version) + "<");
          }
        });
  }

  private static Map<String, String> versions(Path pom) throws IOException {
    return DEPENDENCY
        .matcher(Files.readString(pom))
        .results()
        .collect(
            Collectors.toMap(
                (MatchResult found) -> found.group(1),
                found -> found.group(2),
                (one, other) -> one));
  }
}
