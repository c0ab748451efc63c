// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.context.annotation.Bean;
import statewave.StatewaveApplication;

/** Nothing is written to a database that is then refused, by whatever part of an application. */
class WritersTest {

  /** Tables of their own, as those of Spring Batch, Quartz and Spring Session. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class WithTablesOfALibrary {
    @Bean
    DataSourceScriptDatabaseInitializer libraryTables(DataSource dataSource) {
      DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
      settings.setSchemaLocations(List.of("classpath:writers/library.sql"));
      settings.setMode(DatabaseInitializationMode.ALWAYS);
      return new DataSourceScriptDatabaseInitializer(dataSource, settings);
    }
  }

  /** What writes: an application, and the settings that make it do so. */
  record Writer(String name, Class<?> application, String... settings) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Writer> WRITERS =
      List.of(
          new Writer(
              "schema.sql",
              StatewaveApplication.class,
              "--spring.sql.init.mode=always",
              "--spring.sql.init.schema-locations=classpath:writers/library.sql"),
          new Writer(
              "data.sql after JPA",
              StatewaveApplication.class,
              "--spring.sql.init.mode=always",
              "--spring.jpa.defer-datasource-initialization=true",
              "--spring.jpa.hibernate.ddl-auto=update",
              "--spring.sql.init.data-locations=classpath:writers/library.sql"),
          new Writer("tables of a library", WithTablesOfALibrary.class),
          new Writer(
              "Hibernate", StatewaveApplication.class, "--spring.jpa.hibernate.ddl-auto=create"));

  private static final List<Writer> MIGRATORS =
      List.of(
          new Writer("off", Object.class, "--spring.liquibase.enabled=false"),
          new Writer("on", Object.class, "--spring.liquibase.enabled=true"),
          new Writer(
              "absent",
              Object.class,
              "--spring.autoconfigure.exclude="
                  + "org.springframework.boot.autoconfigure.liquibase.LiquibaseAutoConfiguration,"
                  + "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration"));

  static Stream<Arguments> writersAndMigrators() {
    return WRITERS.stream()
        .flatMap(writer -> MIGRATORS.stream().map(migrator -> Arguments.of(writer, migrator)));
  }

  private static List<String> contents(TestDatabase database) throws SQLException {
    List<String> contents =
        database.rows(
            "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS"
                + " WHERE TABLE_SCHEMA = 'PUBLIC' ORDER BY 1, 2");
    contents.addAll(database.rows("SELECT * FROM DATABASECHANGELOG ORDER BY ORDEREXECUTED"));
    contents.addAll(database.rows("SELECT ID FROM EXTRA"));
    return contents;
  }

  private static SchemaGuardStartupException refusal(
      TestDatabase database, Writer writer, Writer migrator, String... more) {
    List<String> arguments = new ArrayList<>(List.of(writer.settings()));
    arguments.addAll(List.of(migrator.settings()));
    arguments.addAll(List.of(more));
    arguments.add("--schema-guard.mode=strict");
    arguments.add("--spring.main.web-application-type=none");
    try (RunningApplication unexpected =
        RunningApplication.start(
            new SpringApplication(writer.application()),
            database,
            arguments.toArray(String[]::new))) {
      throw new AssertionError("started: " + unexpected);
    } catch (RuntimeException e) {
      return Contexts.refusal(e);
    }
  }

  @ParameterizedTest
  @MethodSource("writersAndMigrators")
  void nothingIsWrittenToADatabaseThatIsAhead(Writer writer, Writer migrator)
      throws SQLException {
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    database.execute(
        "CREATE TABLE EXTRA (ID INT)",
        "INSERT INTO EXTRA VALUES (1)",
        "INSERT INTO DATABASECHANGELOG (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED,"
            + " EXECTYPE, COMMENTS) VALUES ('0099_future', 'x', 'future.yaml', CURRENT_TIMESTAMP,"
            + " 99, 'EXECUTED', 'requires-app 9.0.0')");
    List<String> before = contents(database);

    SchemaGuardStartupException refusal =
        refusal(database, writer, migrator, "--schema-guard.application-version=0.6.1");

    assertThat(refusal.getExitCode()).isEqualTo(4);
    assertThat(contents(database)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("writersAndMigrators")
  void scriptsWriteNothingToADatabaseThatTheMigratorLeftBehind(Writer writer, Writer migrator)
      throws SQLException {
    if (writer.name().contains("after JPA")) {
      return;
    }
    TestDatabase database = H2.database();
    database.execute("CREATE TABLE EXTRA (ID INT)", "INSERT INTO EXTRA VALUES (1)");

    SchemaGuardStartupException refusal =
        refusal(
            database,
            writer,
            migrator,
            "--spring.liquibase.contexts=none",
            "--spring.liquibase.change-log=classpath:/skipping.yaml");

    assertThat(refusal.getExitCode()).isEqualTo(7);
    assertThat(database.rows("SELECT ID FROM EXTRA")).containsExactly("1");
    assertThat(
            Set.copyOf(
                database.rows(
                    "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                        + " WHERE TABLE_SCHEMA = 'PUBLIC'")))
        .isSubsetOf("EXTRA", "DATABASECHANGELOG", "DATABASECHANGELOGLOCK");
  }
}
