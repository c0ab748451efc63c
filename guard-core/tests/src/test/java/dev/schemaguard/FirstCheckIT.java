// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first check of a process loads, counted: every application pays for it at its start. */
class FirstCheckIT {

  /** With some room above what it was: streams in what every start runs would not fit. */
  private static final int MOST_CLASSES = 165;

  /** Were there fewer, they would not have been seen. */
  private static final int FEWEST_CLASSES = 100;

  private static final String PRODUCTS =
      ".*dialect\\.(PostgreSql|CockroachDb|MySql|H2|Hsqldb|Derby|Sqlite|SqlServer|Oracle|Db2"
          + "|Firebird|DuckDb) source.*";

  @TempDir private Path folder;

  /** The process that is looked at, on H2. */
  static final class Application {
    public static void main(String[] arguments) {
      JdbcDataSource database = new JdbcDataSource();
      database.setURL(arguments[0]);
      check(database, arguments);
    }

    static void check(DataSource database, String[] arguments) {
      SchemaGuard guard =
          SchemaGuard.builder(database)
              .matrix(CompatibilityMatrix.file(Path.of(arguments[1])))
              .applicationVersion("0.6.1")
              .build();
      System.out.println(guard.check().summary());
    }
  }

  /** The same process, on PostgreSQL, with a pool. */
  static final class PooledApplication {
    public static void main(String[] arguments) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(arguments[0]);
      config.setUsername(arguments[2]);
      config.setPassword(arguments[3]);
      config.setMaximumPoolSize(1);
      try (HikariDataSource pool = new HikariDataSource(config)) {
        Application.check(pool, arguments);
      }
    }
  }

  @Test
  void loadsFewClassesAndMakesNone() throws Exception {
    String url = "jdbc:h2:" + folder.resolve("statewave");
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(url);
    Statewave.update(database, Statewave.REVISIONS);
    List<String> all = loadedBy(Application.class, url);

    assertThat(all)
        .as("no record's equals or hashCode, which the JVM generates when it is first called")
        .noneMatch(line -> line.contains("java.lang.runtime.ObjectMethods"));
    List<String> ours =
        all.stream()
            .filter(line -> line.contains("dev.schemaguard."))
            .filter(line -> !line.contains(FirstCheckIT.class.getName()))
            .toList();
    assertThat(ours).hasSizeBetween(FEWEST_CLASSES, MOST_CLASSES);
    assertThat(ours).filteredOn(line -> line.contains("$$Lambda")).isEmpty();
    assertThat(ours)
        .as("of the products, the one of this database")
        .filteredOn(line -> line.matches(PRODUCTS))
        .hasSize(1);
    assertThat(ours)
        .as("without a schema file, nothing that compares with it")
        .noneMatch(line -> line.contains("schemaguard.structure."))
        .noneMatch(line -> line.contains("StructureReading") || line.contains("StructureEvidence"))
        .noneMatch(line -> line.contains("MigrationStatus$Structure"));
  }

  @Test
  void asksNoMetadataOfPostgreSqlsDriver() throws Exception {
    TestDatabase database = Postgres.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);

    List<String> all =
        loadedBy(PooledApplication.class, database.url(), database.user(), database.password());

    assertThat(all).noneMatch(line -> line.contains("PgDatabaseMetaData source"));
  }

  /** Returns the lines of the JVM's log of the classes that an application has loaded. */
  private List<String> loadedBy(Class<?> application, String url, String... more) throws Exception {
    Path matrix = resource("compatibility.md");
    resource("revisions.txt");
    Path loaded = folder.resolve("loaded.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                classPath(),
                application.getName(),
                url,
                matrix.toString()));
    command.addAll(List.of(more));

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("Schema is up to date");
    return Files.readAllLines(loaded);
  }

  private Path resource(String name) throws IOException {
    return Files.writeString(
        folder.resolve(name), Statewave.resource("statewave/schema-guard/" + name));
  }

  /** The jar, the test's own classes, and the driver. */
  private static String classPath() {
    String own = System.getProperty("surefire.test.class.path", "");
    String all = own.isEmpty() ? System.getProperty("java.class.path") : own;
    List<String> needed =
        List.of(all.split(File.pathSeparator)).stream()
            .filter(
                entry ->
                    entry.matches(
                        ".*(test-classes|[/\\\\](h2|postgresql|HikariCP|slf4j-api)-[^/\\\\]*\\.jar)"))
            .toList();
    return System.getProperty("core.jar")
        + File.pathSeparator
        + String.join(File.pathSeparator, needed);
  }
}
