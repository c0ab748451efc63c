// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.build.SchemaFiles;
import dev.schemaguard.spring.SchemaGuardAutoConfiguration;
import dev.schemaguard.testing.H2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;

/** Follows the first section of docs/start/spring-boot.md in an empty project, word by word. */
@Tag("process")
@Tag("full")
class SpringGuideTest {

  private static final String VERSION = version();

  /** What start.spring.io gives for Liquibase, JDBC, H2 and the actuator. */
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>org.springframework.boot</groupId>
          <artifactId>spring-boot-starter-parent</artifactId>
          <version>%s</version>
        </parent>
        <groupId>com.example</groupId>
        <artifactId>orders</artifactId>
        <version>1.4.2</version>
        <properties><java.version>17</java.version></properties>
        <dependencies>
      %s
      %s
          <dependency>
            <groupId>org.springframework.boot</groupId>
            <artifactId>spring-boot-starter-jdbc</artifactId>
          </dependency>
          <dependency>
            <groupId>com.h2database</groupId>
            <artifactId>h2</artifactId>
            <scope>runtime</scope>
          </dependency>
          <dependency>
            <groupId>org.springframework.boot</groupId>
            <artifactId>spring-boot-starter-test</artifactId>
            <scope>test</scope>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <groupId>org.springframework.boot</groupId>
              <artifactId>spring-boot-maven-plugin</artifactId>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private static final String APPLICATION =
      """
      package com.example.orders;

      import org.springframework.boot.SpringApplication;
      import org.springframework.boot.autoconfigure.SpringBootApplication;

      @SpringBootApplication
      public class OrdersApplication {
        public static void main(String[] args) {
          SpringApplication.run(OrdersApplication.class, args);
        }
      }
      """;

  private static final String CHANGELOG =
      """
      databaseChangeLog:
        - changeSet:
            id: 0001_orders
            author: ann
            changes:
              - sql:
                  sql: create table orders (id int)
      """;

  @TempDir Path project;
  @TempDir Path repository;

  private final Path root = root();

  /** The version in the page to follow, which is that of the parent's pom. */
  private static String version() {
    try {
      String pom = Files.readString(root().resolve("pom.xml"));
      return pom.replaceAll("(?s).*?\n  <version>([^<]+)</version>.*", "$1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static String block(String page, String language) {
    return block(page, language, "");
  }

  /** The first block of a language that contains a text. */
  private static String block(String page, String language, String text) {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(block -> block.group(1))
        .filter(block -> block.contains(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no block of " + language + " with " + text));
  }

  /** Spring Boot 4 has a starter; in 3.5 the library alone is configured. */
  private static String liquibase(String boot) {
    return """
        <dependency>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
        </dependency>
    """
        .formatted(
            boot.startsWith("3.") ? "org.liquibase" : "org.springframework.boot",
            boot.startsWith("3.") ? "liquibase-core" : "spring-boot-starter-liquibase");
  }

  /** Puts what this build made where a project finds it. */
  private void publish(String artifact, Path pom, Class<?> content) throws Exception {
    Path folder = repository.resolve("dev/schemaguard/" + artifact + "/" + VERSION);
    Files.createDirectories(folder);
    Files.copy(pom, folder.resolve(artifact + "-" + VERSION + ".pom"));
    if (content != null) {
      Path jar = Path.of(content.getProtectionDomain().getCodeSource().getLocation().toURI());
      Files.copy(jar, folder.resolve(artifact + "-" + VERSION + ".jar"));
    }
  }

  private ApplicationProcess maven(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                root.resolve("mvnw").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + localRepository()));
    command.addAll(Arrays.asList(arguments));
    Path output = Files.createTempFile("maven", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().remove("CI");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .put(
            "MAVEN_OPTS",
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
                + " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote");
    Process process = builder.start();
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    return new ApplicationProcess(process.exitValue(), Files.readString(output));
  }

  /** Where this build has its own dependencies from. */
  private static Path localRepository() throws Exception {
    Path jar = Path.of(Test.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // <repository>/org/junit/jupiter/junit-jupiter-api/<version>/<file>
    return jar.getParent().getParent().getParent().getParent().getParent().getParent();
  }

  @Test
  void itsFirstSectionWorksInAnEmptyProject() throws Exception {
    String boot = SpringBootVersion.getVersion();
    String page = Files.readString(root.resolve("docs/start/spring-boot.md"));
    publish("schema-guard-parent", root.resolve("pom.xml"), null);
    publish("guard-core", root.resolve("guard-core/pom.xml"), SchemaGuard.class);
    publish("guard-build", root.resolve("guard-core/build/pom.xml"), SchemaFiles.class);
    publish(
        "guard-spring-autoconfigure",
        root.resolve("guard-spring-autoconfigure/pom.xml"),
        SchemaGuardAutoConfiguration.class);
    write("pom.xml", POM.formatted(boot, block(page, "xml"), liquibase(boot)));
    write("src/main/java/com/example/orders/OrdersApplication.java", APPLICATION);
    write("src/main/resources/db/changelog/db.changelog-master.yaml", CHANGELOG);
    String name = block(page, "properties", "spring.application.name");
    write("src/main/resources/application.properties", name);
    write("src/test/java/com/example/orders/SchemaGuardFilesTest.java", block(page, "java"));

    ApplicationProcess first = maven("test");

    assertThat(first.output()).contains("commit it");
    assertThat(first.exitCode()).isNotZero();
    assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
        .content()
        .contains("db/changelog/db.changelog-master.yaml::0001_orders::ann");

    ApplicationProcess second = maven("package");

    assertThat(second.exitCode()).as(second.output()).isZero();
    List<String> jar = List.of("-jar", project.resolve("target/orders-1.4.2.jar").toString());
    ApplicationProcess started = ApplicationProcess.run(jar, H2.database());
    assertThat(started.output()).contains("orders 1.4.2: Schema is up to date");
    assertThat(started.exitCode()).isZero();

    write(
        "src/main/resources/application.properties",
        name + block(page, "properties", "schema-guard.mode"));
    assertThat(maven("package", "-DskipTests").exitCode()).isZero();
    ApplicationProcess refused =
        ApplicationProcess.run(jar, H2.database(), "--spring.liquibase.enabled=false");
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(7);
    assertThat(refused.output())
        .contains("Schema Guard refused to start orders 1.4.2   [GUARD-UNINITIALIZED]");
  }
}
