// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How migrations are named to the executable jar, in a directory of their own. */
class SourcesIT {

  private static final String CHANGELOG =
      """
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
              http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-%s.xsd">
        <changeSet id="1" author="a"><sql>SELECT 1</sql></changeSet>
      </databaseChangeLog>
      """;

  @TempDir private Path project;

  @Test
  void theCommandThatReadsAChangelogOfANewerLiquibaseCanBeFollowed() throws Exception {
    write("src/main/resources/db/m.xml", CHANGELOG.formatted("5.0"));
    CliProcess.Result refused =
        new CliProcess().in(project).run("revisions", "--liquibase", "db/m.xml");
    assertThat(refused.exitCode()).isEqualTo(2);
    Matcher advice = Pattern.compile("(java -cp '[^']+' \\S+) …").matcher(refused.err());
    assertThat(advice.find()).isTrue();

    String command =
        advice
            .group(1)
            .replace("liquibase-core-VERSION.jar", newerLiquibase().toString())
            .replace("schema-guard-cli.jar", System.getProperty("cli.jar"));
    CliProcess.Result result =
        new CliProcess().in(project).shell(command + " revisions --liquibase db/m.xml");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
        .content()
        .contains("db/m.xml::1::a");
  }

  @Test
  void aChangeOfAnExtensionIsReadFromItsJar() throws Exception {
    Path jar = extension();
    write(
        "src/main/resources/db/m.yaml",
        "databaseChangeLog: [{changeSet: {id: 1, author: a, changes: [{setOwner: {owner: x}}]}}]");
    String[] command = {"revisions", "--liquibase", "db/m.yaml"};

    CliProcess.Result without = new CliProcess().in(project).run(command);
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("setOwner").contains("--classpath JAR");

    String[] withJar =
        Stream.concat(Stream.of(command), Stream.of("--classpath", jar.toString()))
            .toArray(String[]::new);
    CliProcess.Result result = new CliProcess().in(project).run(withJar);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
        .content()
        .contains("db/m.yaml::1::a");
  }

  /** A jar with a change of its own, as extensions of Liquibase have. */
  private Path extension() throws IOException {
    write(
        "src/org/acme/SetOwner.java",
        """
        package org.acme;
        @liquibase.change.DatabaseChange(name = "setOwner", description = "", priority = 1)
        public class SetOwner extends liquibase.change.AbstractChange {
          private String owner;
          public String getOwner() { return owner; }
          public void setOwner(String owner) { this.owner = owner; }
          public String getConfirmationMessage() { return ""; }
          public liquibase.statement.SqlStatement[] generateStatements(
              liquibase.database.Database database) {
            return new liquibase.statement.SqlStatement[0];
          }
        }
        """);
    String source = project.resolve("src/org/acme/SetOwner.java").toString();
    String[] arguments = {"-proc:none", "-d", project.toString(), source};
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
    Path jar = project.resolve("extension.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("org/acme/SetOwner.class"));
      out.write(Files.readAllBytes(project.resolve("org/acme/SetOwner.class")));
      out.putNextEntry(new ZipEntry("META-INF/services/liquibase.change.Change"));
      out.write("org.acme.SetOwner".getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  @Test
  void aChangelogIsFoundByThePathThatIsGiven() throws Exception {
    write("lb.yaml", "databaseChangeLog: [{changeSet: {id: 1, author: a}}]");
    write("sub/lb.yaml", "databaseChangeLog: [{changeSet: {id: 2, author: a}}]");

    for (String path : new String[] {"lb.yaml", "sub/lb.yaml"}) {
      String chain = path.replace('/', '-') + ".txt";
      CliProcess.Result result =
          new CliProcess().in(project).run("revisions", "--liquibase", path, "--revisions", chain);
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(project.resolve(chain)).content().contains("\n" + path + "::");
    }
  }

  @Nested
  @RequiresTerminal
  class OnATerminal {

    @Test
    void initAsksForOneOfSeveralPlaces() throws Exception {
      write("src/main/resources/db/migration/V1__a.sql", "");
      write("migrations/0001_a.up.sql", "");

      CliProcess.Running init = new CliProcess().in(project).startOnTerminal("init");
      init.process().getOutputStream().write("2\n".getBytes(StandardCharsets.UTF_8));
      init.process().getOutputStream().flush();
      CliProcess.Result result = init.end();

      assertThat(result.exitCode()).as(result.out()).isZero();
      assertThat(result.out()).contains("1  Flyway in db/migration");
      assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
          .content()
          .contains("golangMigrate(\"migrations\")");
    }
  }

  private static Path newerLiquibase() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "releases", "liquibase-5"))) {
      return jars.findFirst().orElseThrow().toAbsolutePath();
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
