// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.docs.Document;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jars say of their licences, and of what they contain. */
class LicencesIT {

  private static final Pattern COMPONENT = Pattern.compile("\"purl\" : \"pkg:maven/([^@?\"]+)@");

  @ParameterizedTest
  @ValueSource(strings = {"core.jar", "cli.jar"})
  void aJarHasTheLicenceAndTheNoticeOfThisProject(String jar) throws IOException {
    assertThat(text(jar, "META-INF/LICENSE"))
        .isEqualTo(Files.readString(Document.root().resolve("LICENSE")));
    assertThat(text(jar, "META-INF/NOTICE")).startsWith("Schema Guard\n");
  }

  @Test
  void theExecutableJarNamesEverythingThatItContainsWithItsLicence() throws IOException {
    String sbom = text("cli.jar", "META-INF/sbom/schema-guard-cli.cdx.json");
    String thirdParty = text("cli.jar", "META-INF/THIRD-PARTY.txt");

    List<String> contained =
        COMPONENT
            .matcher(sbom)
            .results()
            .map(component -> component.group(1))
            .filter(component -> !component.startsWith("dev.schemaguard/"))
            .distinct()
            .toList();

    assertThat(sbom).contains("\"bomFormat\" : \"CycloneDX\"");
    assertThat(contained).contains("org.mariadb.jdbc/mariadb-java-client", "com.h2database/h2");
    for (String component : contained) {
      String artifact = component.substring(component.indexOf('/') + 1);
      String name =
          artifact.startsWith("commons-")
              ? "Commons " + artifact.replaceAll("commons-|\\d", "")
              : component.replace('/', ':');
      assertThat(thirdParty).as(component).containsIgnoringCase(name);
    }
  }

  @Test
  void everyLicenceThatIsReferredToIsInTheExecutableJar() throws IOException {
    try (JarFile jar = jar("cli.jar")) {
      List<String> entries = jar.stream().map(JarEntry::getName).toList();
      Pattern.compile("licenses/([\\w.-]+\\.txt)")
          .matcher(text("cli.jar", "META-INF/THIRD-PARTY.txt"))
          .results()
          .forEach(file -> assertThat(entries).contains("META-INF/licenses/" + file.group(1)));
      assertThat(entries)
          .filteredOn(name -> name.startsWith("META-INF/licenses/com.ongres."))
          .isNotEmpty();
    }
  }

  /** The pages of the problems are what the command explain shows. */
  @Test
  void theExecutableJarHasThePageOfEveryProblem() throws IOException {
    try (JarFile jar = jar("cli.jar")) {
      assertThat(jar.stream().map(JarEntry::getName))
          .contains("dev/schemaguard/problems/GUARD-BEHIND.md");
    }
  }

  private static JarFile jar(String property) throws IOException {
    return new JarFile(new File(System.getProperty(property)));
  }

  private static String text(String property, String name) throws IOException {
    try (JarFile jar = jar(property)) {
      JarEntry entry = jar.getJarEntry(name);
      assertThat(entry).as(name).isNotNull();
      return new String(jar.getInputStream(entry).readAllBytes(), UTF_8);
    }
  }
}
