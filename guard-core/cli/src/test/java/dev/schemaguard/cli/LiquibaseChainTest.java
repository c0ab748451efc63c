// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.build.LiquibaseSources;
import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains of Liquibase's changelogs that would say something untrue of a real database. */
class LiquibaseChainTest {

  private static final String XML =
      """
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
              http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
      %s</databaseChangeLog>
      """;

  @TempDir private Path project;

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void changelog(String elements) throws IOException {
    write("master.xml", XML.formatted(elements));
  }

  private LiquibaseSources sources() {
    return LiquibaseSources.directory(project, "master.xml");
  }

  private Path chain() {
    return project.resolve("revisions.txt");
  }

  private int run(String command, String... more) {
    return Main.run(
        Stream.concat(
                Stream.of(
                    command,
                    "--revisions",
                    chain().toString(),
                    "--search-path",
                    project.toString(),
                    "--liquibase",
                    "master.xml"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static String changeset(String id, String attributes) {
    return LiquibaseRun.changeset(id, attributes);
  }

  @Nested
  class ThatRequireNothing {

    @ParameterizedTest
    @ValueSource(strings = {"tenantdb", "tenant_db AND postgresql"})
    void areNotGenerated(String filter) throws IOException {
      changelog(changeset("1", "context='tenant_db AND !first'"));

      assertThat(run("revisions", "--contexts", filter)).isEqualTo(2);
      assertThat(chain()).doesNotExist();
      assertThat(run("revisions", "--contexts", "tenant_db")).isZero();
    }

    @Test
    void areRefusedByVerifyAndByTheMatrixAndByEveryCheck() throws IOException {
      Files.writeString(chain(), "a.xml::1::x\toptional\na.xml::2::x\tretired\n");
      String file = chain().toString();

      assertThat(Main.run("verify", "--revisions", file)).isEqualTo(2);
      assertThat(Main.run("matrix", "--revisions", file)).isEqualTo(2);
      assertThat(Main.run("check", "--revisions", file, "--url", H2.database().url())).isEqualTo(2);
      assertThat(Main.run("preflight", "--revisions", file, "--url", H2.database().url()))
          .isEqualTo(2);
    }

    @Test
    void areRefusedOnceTheProductIsKnown() {
      SchemaGuard guard = guard(H2.database(), "a.xml::1::x\tdbms=postgresql,mariadb");

      assertThatThrownBy(guard::check)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("nothing is required of a database of the product h2")
          .hasMessageContaining("1 is for other databases (dbms=mariadb,postgresql)");
      assertThat(guard(Postgres.database(), "a.xml::1::x\tdbms=postgresql").check().verdict())
          .isEqualTo(Verdict.UNINITIALIZED);
    }
  }

  @Nested
  class WithFilters {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "prod | ",
          "prod,test | ",
          "production | no changeset has the context production that the filter 'production'"
              + " names; the contexts there are: b, prod, test",
          "prod and (stage or !test) | no changeset has the context stage that",
          "@prod | "
        })
    void thatNameUnknownContextsSaySo(String filter, String warning) throws IOException {
      changelog(
          changeset("1", "context='prod'")
              + changeset("2", "context='!test and (prod or b)'")
              + changeset("3", ""));

      List<String> warnings = sources().contexts(filter).warnings();
      if (warning == null) {
        assertThat(warnings).isEmpty();
      } else {
        assertThat(warnings).singleElement().asString().contains(warning);
      }
    }

    @Test
    void thatNameUnknownLabelsSaySo() throws IOException {
      changelog(changeset("1", "labels='core,extra'") + changeset("2", ""));

      assertThat(sources().labels("!core").warnings()).isEmpty();
      assertThat(sources().labels("core or cor").warnings())
          .singleElement()
          .asString()
          .contains("no changeset has the label cor that")
          .contains("core, extra");
    }

    @Test
    void thatAreMissingAreAskedForUntilTheyAreGiven() throws IOException {
      changelog(changeset("1", "context='prod'") + changeset("2", "labels='x'"));

      assertThat(sources().warnings())
          .singleElement()
          .asString()
          .contains("2 changesets have a context or label (contexts: prod; labels: x)");
      assertThat(sources().contexts("").labels("").warnings()).isEmpty();
      changelog(changeset("1", ""));
      assertThat(sources().warnings()).isEmpty();
    }
  }

  @Nested
  class OfAProduct {

    private static final String BY_DBMS =
        """
        <property name="clob" value="longvarchar" dbms="h2"/>
        <property name="clob" value="text" dbms="postgresql"/>
        <property name="clob" value="mediumtext" dbms="mariadb,mysql"/>
        <property name="local" value="int" dbms="h2" global="false"/>
        <property name="local" value="bigint" global="false"/>
        <changeSet id="1" author="a"><createTable tableName="t1">
          <column name="c" type="${clob}"/><column name="d" type="${local}"/></createTable>
          <modifySql dbms="mariadb,mysql"><append value=" engine innodb"/></modifySql>
        </changeSet>
        <changeSet id="2" author="a">
          <sql dbms="h2">SELECT 2</sql><sql dbms="!h2">SELECT 3</sql><sql>SELECT 4</sql>
        </changeSet>
        <changeSet id="3" author="a">
          <sql>SELECT '${database.typeName}', '${database.defaultSchemaName}'</sql>
          <modifySql dbms="h2,postgresql"><append value=" "/></modifySql>
        </changeSet>
        """;

    private void agrees(TestDatabase database) throws IOException {
      changelog(BY_DBMS);
      LiquibaseRun.ofXml(database.dataSource(), "master.xml", BY_DBMS).update();
      assertThat(run("revisions")).isZero();
      assertThat(verify(database)).isZero();

      changelog(BY_DBMS.replace("SELECT 4", "SELECT 5"));
      assertThat(verify(database)).isEqualTo(2);
    }

    private int verify(TestDatabase database) {
      return run(
          "verify",
          "--url",
          database.url(),
          "--user",
          database.user(),
          "--password",
          database.password());
    }

    @Test
    void isNotCalledEditedOnH2() throws IOException {
      agrees(H2.database());
    }

    @Test
    void isNotCalledEditedOnPostgres() throws IOException {
      agrees(Postgres.database());
    }

    @Test
    @RequiresMariaDb
    void isNotCalledEditedOnMariaDb() throws IOException {
      agrees(MariaDb.database());
    }

    @Test
    @RequiresMySql
    void isNotCalledEditedOnMySql() throws IOException {
      agrees(MySql.byMariaDbDriver(MySql.database()));
    }

    @Test
    void hasChecksumsThatSayForWhichOne() throws IOException {
      changelog(BY_DBMS);
      Path checksums = project.resolve("checksums.txt");

      assertThat(run("revisions", "--checksums", "--dbms", "postgresql")).isZero();
      assertThat(checksums).content().contains("\n# dbms=postgresql\n");
      assertThat(run("verify")).isZero();
      assertThat(run("verify", "--dbms", "h2")).isEqualTo(2);
      changelog(BY_DBMS.replace("longvarchar", "varchar(9)"));
      assertThat(run("verify")).isZero();
      changelog(BY_DBMS.replace("\"text\"", "\"varchar(9)\""));
      assertThat(run("verify")).isEqualTo(2);
    }

    @Test
    void isAskedForWhereAPathDependsOnIt() throws IOException {
      String data = XML.formatted(changeset("data", ""));
      write("data-h2.xml", data);
      write("data-pg.xml", data);
      changelog(
          """
          <property name="db" value="h2" dbms="h2"/>
          <property name="db" value="pg" dbms="postgresql"/>
          <property name="clob" value="a" dbms="h2"/><property name="clob" value="b"/>
          <include file="data-${db}.xml"/>
          """);

      assertThatThrownBy(() -> sources().read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("db=h2 on h2; db=pg on postgresql")
          .hasMessageContaining("--parameter db=h2")
          .hasMessageContaining("--dbms h2")
          .hasMessageNotContaining("clob");
      assertThat(names(sources().parameter("db", "pg")))
          .containsExactly("data-pg.xml::data::tester");
      assertThat(run("revisions", "--dbms", "postgresql")).isZero();
      assertThat(chain()).content().contains("data-pg.xml::data::tester");
    }

    @Test
    void isAskedForWhereAnIdDependsOnIt() throws IOException {
      changelog(
          "<property name='x' value='1' dbms='oracle'/><property name='x' value='2'/>"
              + changeset("id-${x}", ""));

      assertThatThrownBy(() -> sources().read()).hasMessageContaining("x=1 on oracle");
    }
  }

  @Nested
  class ThatLiquibaseReadsOtherwise {

    @Test
    void areThoseWithTwoChangesetsOfOneIdentity() throws IOException {
      changelog(changeset("1", "") + changeset("1", ""));
      assertThatThrownBy(() -> sources().read())
          .hasMessageContaining("two changesets are 'master.xml::1::tester'");

      changelog(changeset("1", "dbms='h2'") + changeset("1", "dbms='!h2'"));
      assertThat(names(sources())).hasSize(1);
      changelog(changeset("1", "context='a'") + changeset("1", "context='!a'"));
      assertThat(names(sources().contexts("a"))).hasSize(1);
    }

    @Test
    void areThoseWhoseIdsDifferInLetterCaseOnly() throws IOException {
      String elements = changeset("add", "") + changeset("ADD", "");
      changelog(elements);
      TestDatabase database = H2.database();
      LiquibaseRun.ofXml(database.dataSource(), "master.xml", changeset("add", "")).update();
      LiquibaseRun.ofXml(database.dataSource(), "master.xml", elements).update();

      MigrationStatus status =
          guard(database, "master.xml::add::tester", "master.xml::ADD::tester").check();
      assertThat(status.verdict()).as("Liquibase never runs it").isEqualTo(Verdict.BEHIND);
      assertThat(sources().warnings())
          .singleElement()
          .asString()
          .contains("::ADD::tester differs from master.xml::add::tester in letter case only");
    }

    @Test
    void areThoseWithIdsThatYamlTakesForSomethingElse() throws IOException {
      write(
          "master.yaml",
          """
          databaseChangeLog:
            - changeSet: { id: 2020-01-01, author: a, changes: [ sql: { sql: SELECT 1 } ] }
            - changeSet:
                id: 1.10
                author: a
            - changeSet:
                id: "2021-01-01"
                author: a
            - changeSet:
                id: 7
                author: a
            - changeSet:
                id: 7_2020-01-01
                author: a
          """);

      assertThat(LiquibaseSources.directory(project, "master.yaml").warnings())
          .singleElement()
          .asString()
          .contains("1.10")
          .contains("2020-01-01")
          .contains("time zone")
          .doesNotContain("2021")
          .doesNotContain("7");
    }
  }

  @Nested
  class OfCustomClasses {

    private static final String CUSTOM =
        "<changeSet id='1' author='a'><customChange class='org.acme.Fill'/></changeSet>";

    private Path compiled() throws IOException {
      write(
          "src/org/acme/Fill.java",
          """
          package org.acme;
          public class Fill implements liquibase.change.custom.CustomTaskChange {
            public void execute(liquibase.database.Database database) {}
            public String getConfirmationMessage() { return ""; }
            public void setUp() {}
            public void setFileOpener(liquibase.resource.ResourceAccessor accessor) {}
            public liquibase.exception.ValidationErrors validate(
                liquibase.database.Database database) { return null; }
          }
          """);
      Path classes = Files.createDirectories(project.resolve("classes"));
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-proc:none",
                  "-d",
                  classes.toString(),
                  project.resolve("src/org/acme/Fill.java").toString());
      assertThat(result).isZero();
      return classes;
    }

    @Test
    void nameTheMissingClassAndTheOption() throws IOException {
      changelog(CUSTOM);

      assertThatThrownBy(() -> sources().read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("the class org.acme.Fill is missing")
          .hasMessageContaining("--classpath");
    }

    @Test
    void areReadWithTheirClassPath() throws IOException {
      changelog(CUSTOM);
      Path classes = compiled();

      assertThat(run("revisions", "--classpath", classes.toString())).isZero();
      assertThat(run("verify", "--classpath", classes.toString())).isZero();
      assertThat(run("verify", "--classpath", project.resolve("no.jar").toString())).isEqualTo(2);
      URL[] urls = {classes.toUri().toURL()};
      assertThat(names(sources().loader(new URLClassLoader(urls, getClass().getClassLoader()))))
          .containsExactly("master.xml::1::a");
    }
  }

  @Nested
  class OfANewerLiquibase {

    @Test
    void sayWhichPartIsNewer() throws IOException {
      write(
          "master.xml",
          XML.formatted(changeset("1", "")).replace("dbchangelog-latest", "dbchangelog-9.0"));

      assertThatThrownBy(() -> sources().read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("dbchangelog-9.0.xsd is of a Liquibase newer than")
          .hasMessageContaining("first on the class path");
    }

    @Test
    void recordChecksumsThatNothingIsSaidOf() throws IOException {
      changelog(changeset("1", ""));

      assertThatThrownBy(
              () -> sources().edited(java.util.Map.of("master.xml::1::tester", "10:abc")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("the checksum 10:abc is of a Liquibase newer than");
    }
  }

  @Test
  void changelogsOfSeveralModulesAreFound() throws IOException {
    write("one/master.xml", XML.formatted("<include file='two.xml'/>"));
    write("other/two.xml", XML.formatted(changeset("2", "")));

    for (String[] options :
        new String[][] {
          {"--search-path", path("one"), "--search-path", path("other")},
          {"--search-path", path("one") + "," + path("other")},
          {"--search-path", path("one") + java.io.File.pathSeparator + path("other")}
        }) {
      Files.deleteIfExists(chain());
      String[] command = {
        "revisions", "--liquibase", "master.xml", "--revisions", path("revisions.txt")
      };
      assertThat(
              Main.run(
                  Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new)))
          .isZero();
      assertThat(chain()).content().contains("two.xml::2::tester");
    }
  }

  private String path(String name) {
    return project.resolve(name).toString();
  }

  private static List<String> names(LiquibaseSources sources) {
    return sources.read().stream().map(SourceRevision::name).toList();
  }

  private static SchemaGuard guard(TestDatabase database, String... lines) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(
            CompatibilityMatrix.ofChain(
                RevisionChain.parse(String.join("\n", lines), "revisions.txt")))
        .applicationVersion("1.0")
        .build();
  }
}
