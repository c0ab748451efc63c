// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.AlembicRun;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresAlembic;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application whose schema file says what it needs, on a database whose history claims that it
 * is there: it does not start, whichever way the history came to say so.
 */
class DriftedDatabaseTest {

  private static final String SHOP = "create table shop (id integer primary key)";
  private static final String NAME = "alter table shop add name text";

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Shop {}

  @TempDir private Path folder;

  private final TestDatabase database = Postgres.database();

  @BeforeEach
  void writeTheFiles() throws Exception {
    write("schema.postgresql.txt", "table shop\n  id integer not null\n  name text\tsince=2\n");
    write("compatibility.md", "| App version | Expected |\n|---|---|\n| 2.0 | 2 |\n| 2.1 | 3 |\n");
    write("revisions.txt", "1\n2\n");
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }

  private ConfigurableApplicationContext start(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--spring.jpa.hibernate.ddl-auto=none",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.liquibase.enabled=false",
                "--spring.flyway.enabled=false",
                "--spring.application.version=2.0",
                "--schema-guard.matrix=" + folder.resolve("compatibility.md"),
                "--schema-guard.mode=strict"));
    for (String argument : arguments) {
      String name = argument.replaceFirst("=.*", "=");
      all.removeIf(each -> each.startsWith(name));
      all.add(argument);
    }
    return new SpringApplication(Shop.class).run(all.toArray(String[]::new));
  }

  private void assertStarts(String... arguments) {
    try (ConfigurableApplicationContext context = start(arguments)) {
      assertThat(context.isActive()).isTrue();
    }
  }

  private void assertDrifted(String... arguments) {
    assertThatThrownBy(() -> start(arguments))
        .hasCauseInstanceOf(SchemaGuardStartupException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            IncompatibleSchemaException.class,
            refusal -> {
              assertThat(refusal.status().verdict()).isEqualTo(Verdict.DRIFTED);
              assertThat(refusal.status().exitCode()).isEqualTo(10);
            });
  }

  private FlywayRun flyway() {
    return FlywayRun.of(database.dataSource()).script("V1__shop", SHOP).script("V2__name", NAME);
  }

  @Test
  void aChangeByHand() throws Exception {
    flyway().migrate();
    assertStarts();
    database.execute("alter table shop drop column name");

    assertDrifted();
    assertStarts("--schema-guard.structure=warn");
    assertStarts("--schema-guard.structure=off");
    assertThatThrownBy(() -> start("--schema-guard.structure=wam"))
        .hasStackTraceContaining("schema-guard.structure");
  }

  @Test
  void aBaselineOfFlyway() throws Exception {
    database.execute(SHOP);
    flyway().baseline("2");

    assertDrifted();
  }

  @Test
  void migrationsThatFlywaySkipped() {
    flyway().target("1").migrate();
    flyway().skip();

    assertDrifted();
  }

  @Test
  void aRepairOfFlyway() {
    flyway().script("V2__name", "select 1").migrate();
    flyway().repair();

    assertDrifted();
  }

  @Test
  void aChangelogSyncOfLiquibase() throws Exception {
    write("revisions.txt", "db.xml::1::tester\ndb.xml::2::tester\n");
    LiquibaseRun liquibase = liquibase("");
    liquibase.update(1);
    liquibase.sync();

    assertDrifted();
  }

  @Test
  void aPreconditionOfLiquibase() throws Exception {
    write("revisions.txt", "db.xml::1::tester\ndb.xml::2::tester\n");
    liquibase(
            "<preConditions onFail=\"MARK_RAN\"><tableExists tableName=\"other\"/></preConditions>")
        .update();

    assertDrifted();
  }

  private LiquibaseRun liquibase(String precondition) {
    return LiquibaseRun.ofXml(
        database.dataSource(),
        "db.xml",
        """
        <changeSet id="1" author="tester"><sql>%s</sql></changeSet>
        <changeSet id="2" author="tester">%s<sql>%s</sql></changeSet>
        """
            .formatted(SHOP, precondition, NAME));
  }

  @Test
  @RequiresAlembic
  void aStampOfAlembic() throws Exception {
    AlembicRun alembic =
        new AlembicRun(database, folder.resolve("alembic"))
            .create()
            .revision("1", "None", "")
            .revision("2", "'1'", "");
    alembic.run("alembic stamp 2");
    database.execute(SHOP);

    assertDrifted();
  }

  @Test
  void aForceOfGolangMigrate() throws Exception {
    new GolangMigrateRun(database, "\"public\".\"schema_migrations\"").at(2);
    database.execute(SHOP);

    assertDrifted();
  }

  @Test
  void anApplicationThatMigratesItselfRepairsIt() throws Exception {
    flyway().migrate();
    database.execute("alter table shop drop column name");
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    Files.writeString(scripts.resolve("V1__shop.sql"), SHOP);
    Files.writeString(scripts.resolve("V2__name.sql"), NAME);
    String[] ownMigrator = {
      "--spring.flyway.enabled=true", "--spring.flyway.locations=filesystem:" + scripts
    };
    assertDrifted(ownMigrator);

    write("revisions.txt", "1\n2\n3\n");
    Files.writeString(
        scripts.resolve("V3__name_again.sql"),
        "alter table shop add column if not exists name text");
    String[] next = {ownMigrator[0], ownMigrator[1], "--spring.application.version=2.1"};
    assertStarts(next);
    assertThat(database.value("select count(*) from shop where name is null")).isEqualTo("0");
  }
}
