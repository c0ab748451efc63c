// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/examples/gradle-kotlin. No Gradle runs here: the test compares the build file with the pom
 * of the same application and with this build, and runs what its tasks would run.
 */
class GradleExampleTest {

  private static final Path EXAMPLE = ExampleProject.folder("gradle-kotlin");
  private static final Path SAME_WITH_MAVEN = ExampleProject.folder("plain-java");
  private static final Pattern COORDINATES =
      Pattern.compile("\"([a-z0-9.]+):([A-Za-z0-9-]+):([^:\"]+)(:[^\"]+)?\"");
  private static final Pattern IN_POM =
      Pattern.compile(
          "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)<");

  @TempDir Path folder;

  private static String script() throws IOException {
    return Files.readString(EXAMPLE.resolve("build.gradle.kts"));
  }

  @Test
  void itsSourcesAreThoseOfTheExampleWithMaven() throws IOException {
    assertThat(sources(EXAMPLE)).isEqualTo(sources(SAME_WITH_MAVEN));
  }

  @Test
  void itsDependenciesAreThoseOfTheExampleWithMaven() throws IOException {
    Map<String, String> versions = new HashMap<>();
    COORDINATES
        .matcher(script())
        .results()
        .forEach(found -> versions.put(found.group(1) + ":" + found.group(2), found.group(3)));
    Map<String, String> expected = new HashMap<>();
    List<MatchResult> inPom =
        IN_POM.matcher(Files.readString(SAME_WITH_MAVEN.resolve("pom.xml"))).results().toList();
    inPom.forEach(found -> expected.put(found.group(1) + ":" + found.group(2), found.group(3)));
    assertThat(expected.remove("com.example:orders")).isEqualTo(value("version = \"([^\"]+)\""));
    // Gradle needs the first of these to run tests; the second is the command line.
    expected.put(
        "org.junit.platform:junit-platform-launcher",
        expected.get("org.junit.jupiter:junit-jupiter"));
    expected.put("dev.schemaguard:guard-cli", expected.get("dev.schemaguard:guard-core"));

    assertThat(versions).isEqualTo(expected);
    assertThat(script())
        .contains("guard-cli:" + versions.get("dev.schemaguard:guard-cli") + ":cli@jar");
    assertThat(Files.readString(Document.root().resolve("guard-core/cli/src/assembly/cli.xml")))
        .contains("<id>cli</id>");
  }

  @Test
  @Tag("full")
  void itsPreflightChecksTheJar() throws Exception {
    ExampleProject example = ExampleProject.compile("gradle-kotlin", folder.resolve("classes"));
    Path jar = jar(example.classes());
    TestDatabase database =
        H2.database().withUrl("jdbc:h2:" + folder.resolve("orders") + ";AUTO_SERVER=TRUE");
    migrateTo("1", database);
    List<String> arguments = new ArrayList<>();
    Pattern.compile("\"([^\"]+)\"")
        .matcher(value("args\\(([^)]*),"))
        .results()
        .forEach(found -> arguments.add(found.group(1)));
    arguments.add(jar.toString());

    ProcessBuilder preflight =
        example.java(
            value("\"(dev\\.schemaguard\\.cli\\.[^\"]+)\""), arguments.toArray(String[]::new));
    preflight.environment().put("SCHEMA_GUARD_URL", database.url());
    preflight.environment().put("SCHEMA_GUARD_USER", database.user());
    preflight.environment().put("SCHEMA_GUARD_PASSWORD", database.password());
    Process process = preflight.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("orders 1.0.0", "to apply");
  }

  private void migrateTo(String version, TestDatabase database) {
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations("filesystem:" + EXAMPLE.resolve("src/main/resources/db/migration"))
        .target(version)
        .load()
        .migrate();
  }

  private Path jar(Path classes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .putValue(
            value("attributes\\(\"([^\"]+)\" to project.version"), value("version = \"([^\"]+)\""));
    Path jar = folder.resolve("orders.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(file, manifest)) {
      for (Path path : files(classes)) {
        zip.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
        zip.write(Files.readAllBytes(path));
        zip.closeEntry();
      }
    }
    return jar;
  }

  /** What the only group of a pattern holds in the build file. */
  private static String value(String pattern) throws IOException {
    return Pattern.compile(pattern).matcher(script()).results().findFirst().orElseThrow().group(1);
  }

  private static Map<String, String> sources(Path example) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (Path file : files(example.resolve("src"))) {
      sources.put(example.relativize(file).toString(), Files.readString(file));
    }
    return sources;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
