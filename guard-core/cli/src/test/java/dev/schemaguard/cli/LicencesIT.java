// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What the jars say of their licences, and of what they contain. */
class LicencesIT {

  @ParameterizedTest
  @ValueSource(strings = {"core.jar", "cli.jar"})
  void aJarHasTheLicenceAndTheNoticeOfThisProject(String jar) throws IOException {
    assertThat(text(jar, "META-INF/LICENSE"))
        .isEqualTo(Files.readString(Document.root().resolve("LICENSE")));
    assertThat(text(jar, "META-INF/NOTICE")).startsWith("Schema Guard\n");
  }

  @ParameterizedTest
  @CsvSource({
    "liquibase/Liquibase.class, org.liquibase:liquibase-core",
    "org/h2/Driver.class, com.h2database:h2",
    "org/mariadb/jdbc/Driver.class, org.mariadb.jdbc:mariadb-java-client",
    "org/postgresql/Driver.class, org.postgresql:postgresql",
    "com/zaxxer/hikari/HikariDataSource.class, com.zaxxer:HikariCP",
    "net/sf/jsqlparser/JSQLParserException.class, com.github.jsqlparser:jsqlparser",
    "picocli/CommandLine.class, info.picocli:picocli",
    "org/slf4j/Logger.class, org.slf4j:slf4j-api",
    "org/yaml/snakeyaml/Yaml.class, org.yaml:snakeyaml",
    "com/opencsv/CSVReader.class, com.opencsv:opencsv",
    "javax/xml/bind/JAXB.class, javax.xml.bind:jaxb-api",
    "org/apache/commons/lang3/StringUtils.class, Commons Lang"
  })
  void theExecutableJarNamesWhatItContainsWithItsLicence(String type, String name)
      throws IOException {
    try (JarFile jar = jar("cli.jar")) {
      assertThat(jar.getJarEntry(type)).as(type).isNotNull();
    }
    assertThat(text("cli.jar", "META-INF/THIRD-PARTY.txt")).contains(name);
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

  /** Every artifact that is unpacked into the jar, with its version and its licence. */
  @Test
  void theExecutableJarListsItsComponentsForScanners() throws IOException {
    String bom = text("cli.jar", "META-INF/sbom/schema-guard-cli.cdx.json");
    Map<?, ?> document = new Yaml().load(bom);
    List<?> components = (List<?>) document.get("components");

    assertThat(document.get("bomFormat")).isEqualTo("CycloneDX");
    assertThat(components)
        .extracting(component -> String.valueOf(((Map<?, ?>) component).get("name")))
        .contains("guard-core", "guard-build", "liquibase-core", "h2", "postgresql", "picocli")
        .doesNotContain("flyway-core", "junit-jupiter-api", "jspecify");
    assertThat(components)
        .allSatisfy(
            component ->
                assertThat(((Map<?, ?>) component).get("version")).as("%s", component).isNotNull());
    assertThat(bom).doesNotContain("\"timestamp\"");
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
