// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Statewave;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The executable jar on databases that real Liquibase brought to different revisions. */
class CliIT {

  @TempDir static Path temp;

  private static String atNine;
  private static String atTwelve;
  private static Path matrix;

  @BeforeAll
  static void migrate() throws Exception {
    atNine = database("nine", 9);
    atTwelve = database("twelve", 12);
    matrix = temp.resolve("schema-guard/compatibility.md");
    Files.createDirectories(matrix.getParent());
    Files.writeString(matrix, Statewave.resource("statewave/schema-guard/compatibility.md"));
    Files.writeString(
        matrix.resolveSibling("revisions.txt"),
        Statewave.resource("statewave/schema-guard/revisions.txt"));
  }

  private static String database(String name, int revisions) throws Exception {
    String url = "jdbc:h2:file:" + temp.resolve(name);
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setUrl(url);
    if (revisions > 0) {
      Statewave.update(dataSource, revisions);
    } else {
      dataSource.getConnection().close();
    }
    return url;
  }

  private static void execute(String url, String sql) throws Exception {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setUrl(url);
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static CliProcess.Result run(String command, String url, String... more)
      throws Exception {
    String[] arguments = new String[more.length + 5];
    arguments[0] = command;
    arguments[1] = "--url";
    arguments[2] = url;
    arguments[3] = "--matrix";
    arguments[4] = matrix.toString();
    System.arraycopy(more, 0, arguments, 5, more.length);
    return new CliProcess().run(arguments);
  }

  @Nested
  class Check {

    @ParameterizedTest
    @CsvSource({"0.6.1,3", "0.6.0,3", "0.5.0,0", "0.4.0,4", "0.1.0,4", "0.7.0,9"})
    void exitsWithTheCodeOfTheVerdict(String version, int exitCode) throws Exception {
      assertThat(run("check", atNine, "--app-version", version).exitCode()).isEqualTo(exitCode);
    }

    @Test
    void namesTheEnvironment() throws Exception {
      assertThat(run("check", atTwelve, "--app-version", "0.6.1", "--environment", "staging").out())
          .contains("version   statewave 0.6.1 (staging)\n");
      assertThat(run("check", atNine, "--app-version", "0.6.1", "--environment", "staging").out())
          .contains("statewave 0.6.1 (staging) must not run on this database");
    }

    @Test
    void putsTheResultOnStandardOutputAndNothingOnStandardError() throws Exception {
      CliProcess.Result result = run("check", atTwelve, "--app-version", "0.6.1");
      assertThat(result.exitCode()).isZero();
      assertThat(result.out())
          .isEqualTo(
              "✔ Schema is up to date\n"
                  + "version   statewave 0.6.1\n"
                  + ("database  " + atTwelve.substring("jdbc:".length()) + "\n"));
      assertThat(result.err()).isEmpty();
    }

    @Test
    void asksAboutCurrentWithoutAVersion() throws Exception {
      assertThat(run("check", atTwelve).exitCode()).isZero();
      assertThat(run("check", atNine).exitCode()).isEqualTo(3);
    }

    @Test
    void isAsciiIfPlain() throws Exception {
      CliProcess.Result result = run("check", atNine, "--app-version", "0.6.1", "--plain");
      assertThat(result.out())
          .startsWith("[X] 3 pending migration(s): 0009_add_rate_limit_table -> ");
      assertThat(result.out().chars()).allMatch(c -> c < 128);
    }

    @Test
    void hasNoColourWhereThereIsNoTerminal() throws Exception {
      assertThat(run("check", atNine).out()).doesNotContain("\u001B");
    }

    @Test
    void acceptsAnAheadRevisionByName() throws Exception {
      assertThat(
              run(
                      "check",
                      atNine,
                      "--app-version",
                      "0.4.0",
                      "--accept",
                      "0009_add_rate_limit_table")
                  .exitCode())
          .isZero();
    }

    @Test
    void takesItsOptionsFromTheEnvironment() throws Exception {
      CliProcess.Result result =
          new CliProcess()
              .environment("SCHEMA_GUARD_URL", atNine)
              .environment("SCHEMA_GUARD_MATRIX", matrix.toString())
              .environment("SCHEMA_GUARD_APP_VERSION", "0.6.1")
              .environment("SCHEMA_GUARD_FORMAT", "json")
              .run("check");
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.out())
          .startsWith("{\n  \"current_revision\": \"0009_add_rate_limit_table\"");
    }

    @Test
    void takesAnEmptyVersionInTheEnvironmentForNone() throws Exception {
      CliProcess.Result result =
          new CliProcess()
              .environment("SCHEMA_GUARD_APP_VERSION", "")
              .run("check", "--url", atTwelve, "--matrix", matrix.toString());
      assertThat(result.exitCode()).isZero();
    }

    @Test
    void ofAFailedRowIsFive() throws Exception {
      String url = database("failed", 9);
      execute(url, "UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ID LIKE '0007%'");
      CliProcess.Result result = run("check", url, "--app-version", "0.5.0");
      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.out())
          .contains("GUARD-FAILED")
          .contains("0007_add_episode_idempotency_key");
    }

    @Test
    void ofAnEmptyDatabaseIsSeven() throws Exception {
      assertThat(run("check", database("empty", 0)).exitCode()).isEqualTo(7);
    }
  }

  @Nested
  class Status {

    @Test
    void exitsWithZeroWheneverItCouldBeTold() throws Exception {
      assertThat(run("status", atNine, "--app-version", "0.6.1").exitCode()).isZero();
      assertThat(run("status", atNine, "--app-version", "0.7.0").exitCode()).isEqualTo(9);
    }
  }

  @Nested
  class Preflight {

    @Test
    void saysGoWhatIsPendingAndWhoCannotRestart() throws Exception {
      CliProcess.Result result = run("preflight", atNine, "--app-version", "0.6.1");
      assertThat(result.exitCode()).isZero();
      assertThat(result.out())
          .isEqualTo(
              """
              Preflight statewave 0.6.1
                reachable  yes
                history    liquibase
                current    0009_add_rate_limit_table
                expected   0012_add_health_cache
                pending    3: 0010_require_tenant_id, 0011_scope_subject_ref_to_tenant, 0012_add_health_cache
                ahead      none
                failed     none
                lock       none seen
                running    not seen: connections cannot be distinguished on h2
                careful    after this migration these versions cannot restart: 0.5.0, 0.4.0, 0.3.0, 0.2.0, 0.1.0
              ✔ GO: 3 to apply, then this version runs
              """);
    }

    @Test
    void addsRecommendationAndExitCodeToTheStatus() throws Exception {
      CliProcess.Result result =
          run("preflight", atNine, "--app-version", "0.4.0", "--format", "json");
      assertThat(result.exitCode()).isEqualTo(4);
      assertThat(result.out())
          .containsSubsequence(
              "\"recommendation\": \"no-go\",",
              "\"exit_code\": 4,",
              "\"cannot_restart\": [],",
              "\"decision\": null,",
              "\"stops_at\": null,",
              "\"requires\": [],",
              "\"running\": null,");
    }

    @Test
    void saysHowToComeBackToAnOlderVersion() throws Exception {
      CliProcess.Result result =
          run(
              "preflight",
              atTwelve,
              "--app-version",
              "0.5.0",
              "--search-path",
              Document.root().resolve("changelogs/statewave").toString(),
              "--liquibase",
              "db/changelog/db.changelog-master.yaml");

      assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
      assertThat(Document.of("docs/how-to/rollback.md").blocks())
          .extracting(Document.Block::text)
          .contains(result.out());
    }

    @Test
    void isNoGoWhileALockIsHeldAlsoAStaleOne() throws Exception {
      String url = database("locked", 9);
      execute(
          url,
          "UPDATE DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKEDBY = 'job-7', LOCKGRANTED ="
              + " TIMESTAMP '2020-01-01 00:00:00'");
      CliProcess.Result result = run("preflight", url, "--app-version", "0.6.1");
      assertThat(result.exitCode()).isEqualTo(6);
      assertThat(result.out()).contains("held by job-7 since 2020-01-01T00:00").contains("stale");
      assertThat(run("check", url, "--app-version", "0.5.0").exitCode()).isZero();
    }

    @Test
    void isGoOnAnEmptySchemaAndNoGoOnASchemaWithSomebodysTables() throws Exception {
      String url = database("foreign", 0);
      assertThat(run("preflight", url).exitCode()).isZero();
      execute(url, "CREATE TABLE SOMEBODYS (ID INT)");
      CliProcess.Result result = run("preflight", url);
      assertThat(result.exitCode()).isEqualTo(7);
      assertThat(result.out()).contains("SOMEBODYS");
    }
  }

  @Nested
  class Wait {

    @Test
    void endsAtOnceWhereWaitingCannotHelp() throws Exception {
      assertThat(run("wait", atNine, "--app-version", "0.4.0", "--timeout", "50s").exitCode())
          .isEqualTo(4);
    }

    @Test
    void saysNothingOfWaitingWhereThereIsNothingToWaitFor() throws Exception {
      CliProcess.Result result = run("wait", atTwelve, "--app-version", "0.6.1");
      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).isEmpty();
    }

    @Test
    void endsWithTheLastVerdictWhenTimeIsUp() throws Exception {
      CliProcess.Result result = run("wait", atNine, "--app-version", "0.6.1", "--timeout", "2s");
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err())
          .isEqualTo(
              "waiting at most 2 s: 3 pending migration(s): 0009_add_rate_limit_table →"
                  + " 0012_add_health_cache\n");
    }
  }

  @Nested
  class Matrix {

    @Test
    void showsWhereTheDatabaseStands() throws Exception {
      CliProcess.Result result = run("matrix", atNine, "--app-version", "0.5.0");
      assertThat(result.exitCode()).isZero();
      assertThat(result.out())
          .contains("▶ 0.5.0      –  –  –  –  –  –  –  –  ●  ?  ?  ?\n")
          .contains("  9  0009_add_rate_limit_table   ◀ the database stands here\n");
    }

    @Test
    void isATableInMarkdown() throws Exception {
      assertThat(run("matrix", atNine, "--format", "markdown").out())
          .contains("| 0.6.0 | 0012_add_health_cache | 0010_require_tenant_id |  | – |");
    }

    @Test
    void isOneHtmlDocumentThatAsksNobodyForAnything() throws Exception {
      String page = run("matrix", atNine, "--format", "html").out();
      assertThat(page).startsWith("<!doctype html>").contains("0009_add_rate_limit_table");
      assertThat(page).doesNotContainPattern("(?i)\\ssrc=|href=\"(?!data:)|url\\(|<script|@import");
    }

    @Test
    void namesTheCellsInJson() throws Exception {
      assertThat(run("matrix", atNine, "--format", "json").out())
          .contains("\"app_version\": \"0.6.0\"")
          .contains("\"verdict\": \"BEHIND_COMPATIBLE\"");
    }
  }

  @Nested
  class App {

    @ParameterizedTest
    @CsvSource({"'',0.6.1", "BOOT-INF/classes/,0.6.1", "WEB-INF/classes/,0.6.1"})
    void bringsItsMatrixChainAndVersion(String classes, String version) throws Exception {
      Path jar = temp.resolve("app-" + classes.length() + ".jar");
      writeArchive(jar, classes, version);
      CliProcess.Result result =
          new CliProcess().run("check", "--app", jar.toString(), "--url", atTwelve);
      assertThat(result.exitCode()).isZero();
      CliProcess.Result other =
          new CliProcess()
              .run("check", "--app", jar.toString(), "--url", atTwelve, "--app-version", "0.7.0");
      assertThat(other.exitCode()).as("current does not serve another version").isEqualTo(9);
    }

    @Test
    void mayBeAnExplodedFolder() throws Exception {
      CliProcess.Result result =
          new CliProcess().run("check", "--app", temp.toString(), "--url", atTwelve);
      assertThat(result.exitCode()).isZero();
    }

    @Test
    void withoutMatrixIsAnError() throws Exception {
      Path jar = temp.resolve("bare.jar");
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        entry(out, "a.txt", "");
      }
      CliProcess.Result result =
          new CliProcess().run("check", "--app", jar.toString(), "--url", atTwelve);
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).contains("it holds neither schema-guard/compatibility.md");
    }

    private void writeArchive(Path jar, String classes, String version) throws IOException {
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        entry(
            out,
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\nImplementation-Version: " + version + "\n");
        entry(
            out,
            classes + "schema-guard/compatibility.md",
            Files.readString(matrix, StandardCharsets.UTF_8));
        entry(
            out,
            classes + "schema-guard/revisions.txt",
            Files.readString(matrix.resolveSibling("revisions.txt"), StandardCharsets.UTF_8));
      }
    }

    private static void entry(JarOutputStream out, String name, String text) throws IOException {
      out.putNextEntry(new JarEntry(name));
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }

  @Nested
  class BadInput {

    @ParameterizedTest
    @CsvSource({
      "jdbc:oracle:thin:@x,2,no JDBC driver here accepts 'jdbc:oracle:'",
      "postgres://host/db,2,no JDBC driver here accepts",
      "jdbc:postgresql://localhost:1/x,8,GUARD-UNREACHABLE",
      "jdbc:mariadb://localhost:1/x,8,GUARD-UNREACHABLE"
    })
    void isAnsweredWithItsCode(String url, int exitCode, String text) throws Exception {
      CliProcess.Result result = run("check", url, "--user", "me", "--password", "geheim");
      assertThat(result.exitCode()).isEqualTo(exitCode);
      assertThat(result.out() + result.err())
          .contains(text)
          .doesNotContain("geheim")
          .doesNotContain("\tat ");
    }

    @Test
    void anH2DatabaseThatIsNotThereIsNotCreated() throws Exception {
      CliProcess.Result result = run("check", "jdbc:h2:file:" + temp.resolve("nowhere"));
      assertThat(result.exitCode()).isEqualTo(8);
      assertThat(temp.resolve("nowhere.mv.db")).doesNotExist();
    }

    @Test
    void aServerThatNeverAnswersEndsWithTheTimeout() throws Exception {
      try (ServerSocket silent = new ServerSocket(0)) {
        CliProcess.Result result =
            run(
                "check",
                "jdbc:postgresql://localhost:" + silent.getLocalPort() + "/x",
                "--timeout",
                "1s");
        assertThat(result.exitCode()).isEqualTo(8);
        assertThat(result.out()).contains("GUARD-UNREACHABLE-TIMEOUT").contains("within 1000 ms");
      }
    }

    @Test
    void aMalformedMatrixIsNamedWithItsLine() throws Exception {
      Path bad = temp.resolve("bad.md");
      Files.writeString(bad, "| App version | Expected |\n|---|---|\n| 1.0 |\n");
      CliProcess.Result result =
          new CliProcess().run("check", "--url", atNine, "--matrix", bad.toString());
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("where     " + bad + ":3").doesNotContain("\tat ");
    }

    @Test
    void anUnknownOptionIsUsage() throws Exception {
      CliProcess.Result result = new CliProcess().run("check", "--nope");
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).contains("Unknown option: '--nope'").contains("--help");
    }

    @Test
    void noCommandIsUsage() throws Exception {
      assertThat(new CliProcess().run().exitCode()).isEqualTo(2);
    }
  }

  @Nested
  class Demo {

    @Test
    void tellsTheStoryFromTheFirstChangesetToTheGo() throws Exception {
      CliProcess.Result result = new CliProcess().in(temp).run("demo");
      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).isEmpty();
      assertThat(result.out())
          .containsSubsequence(
              "(empty database)",
              "0001_initial_schema",
              "0009_add_rate_limit_table",
              "Schema Guard refused to start statewave 0.6.1   [GUARD-BEHIND]",
              "do now    ",
              "0012_add_health_cache",
              "✔ GO: Schema is up to date",
              "✖ DRIFTED: missing: table RATE_LIMITS",
              "✔ 0013_add_audit is unknown to 0.6.1, but its schema is intact",
              "✔ 0.6.0 to 0.6.1, ROLLING: nothing is pending",
              "✖ 0.5.0 to 0.6.0, RECREATE: 0.5.0 is not known to survive 0010_require_tenant_id");
    }
  }

  @Nested
  class Init {

    @Test
    void followedLiterallyLeavesAGuardedApplication() throws Exception {
      Path project = Files.createDirectory(temp.resolve("orders"));
      CliProcess.Result init = new CliProcess().in(project).run("init");
      assertThat(init.exitCode()).isZero();
      assertThat(project.resolve(".gitattributes")).content().contains("revisions.txt merge=union");

      Path changelog = project.resolve(path(init.out(), " to (src/\\S+):"));
      Files.createDirectories(changelog.getParent());
      Files.writeString(changelog, indented(init.out()));

      assertThat(new CliProcess().in(project).run("init").exitCode()).isZero();
      assertThat(runGeneratedTest(project).exitCode()).isZero();
      assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
          .content()
          .contains("db/changelog/db.changelog-master.yaml::0001_initial_schema::me");

      String url = database("orders-db", 0);
      CliProcess.Result check = new CliProcess().in(project).run("check", "--url", url);
      assertThat(check.exitCode()).isEqualTo(7);
      assertThat(check.out()).contains("Fresh database; 1 pending migration(s)");
    }

    @Test
    void findsFlywaysMigrationsAndLeavesATestThatKeepsThemFresh() throws Exception {
      Path project = Files.createDirectory(temp.resolve("flyway"));
      Path migrations = Files.createDirectories(project.resolve("src/main/resources/db/migration"));
      Files.writeString(migrations.resolve("V1__a.sql"), "SELECT 1;");
      CliProcess.Result init = new CliProcess().in(project).run("init");
      assertThat(init.exitCode()).isZero();
      assertThat(init.out()).doesNotContain("liquibase");

      assertThat(runGeneratedTest(project).exitCode()).isZero();
      Files.writeString(migrations.resolve("V2__b.sql"), "SELECT 2;");
      assertThat(runGeneratedTest(project).err()).contains("1 line added, commit it");
    }

    @Test
    void writesNothingTwiceAndChangesNothingThatIsThere() throws Exception {
      Path project = Files.createDirectory(temp.resolve("again"));
      new CliProcess().in(project).run("init");
      Path written = project.resolve("src/main/resources/schema-guard/compatibility.md");
      Files.writeString(written, Files.readString(written) + "\nOurs.\n");
      CliProcess.Result again = new CliProcess().in(project).run("init");
      assertThat(again.exitCode()).isZero();
      assertThat(again.out()).startsWith("Everything is there already");
      assertThat(written).content().endsWith("Ours.\n");
    }

    private CliProcess.Result runGeneratedTest(Path project) throws Exception {
      Path classes = Files.createDirectories(project.resolve("target/test-classes"));
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      int compiled =
          javax.tools.ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-proc:none",
                  "-cp",
                  classPath,
                  "-d",
                  classes.toString(),
                  project.resolve("src/test/java/SchemaGuardFilesTest.java").toString());
      assertThat(compiled).isZero();
      return new CliProcess()
          .in(project)
          .runClass(
              classPath + java.io.File.pathSeparator + classes,
              GeneratedTestRun.class.getName(),
              "SchemaGuardFilesTest",
              "schemaGuardFilesAreCurrent");
    }

    private static String path(String text, String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(text);
      assertThat(matcher.find()).isTrue();
      return matcher.group(1);
    }

    /** The changelog that the instructions show. */
    private static String indented(String text) {
      StringBuilder changelog = new StringBuilder();
      text.lines()
          .dropWhile(line -> !line.strip().equals("databaseChangeLog:"))
          .takeWhile(line -> line.startsWith("     "))
          .forEach(line -> changelog.append(line.substring(5)).append('\n'));
      return changelog.toString();
    }
  }
}
