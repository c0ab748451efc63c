// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.connections.ConnectionTag;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TaggedPools;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code rolling}, with artifacts as a build makes them. */
class RollingCommandTest {

  private static final Map<String, String> MIGRATIONS =
      Map.of(
          "V1__orders.sql", "CREATE TABLE orders (id int)",
          "V2__note.sql", "ALTER TABLE orders ADD note varchar(9)",
          "V3__requires-app_1.0.0_add_total.sql", "ALTER TABLE orders ADD total int",
          "V4__requires-app_2.0.0_drop_note.sql", "ALTER TABLE orders DROP COLUMN note");

  private static final String OLD_CHAIN = "1\talias=1_orders\n2\talias=2_note\n";
  private static final String NEW_CHAIN =
      OLD_CHAIN
          + "3\talias=3_requires-app_1.0.0_add_total\n4\talias=4_requires-app_2.0.0_drop_note\n";

  private record Result(int exitCode, String out, String err) {}

  @TempDir private Path temp;

  private static Result run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream reported = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(reported, true, StandardCharsets.UTF_8));
    try {
      int code = CommandLineRun.of(arguments);
      return new Result(
          code,
          printed.toString(StandardCharsets.UTF_8),
          reported.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static Map<String, String> files(String version, String chain, String min) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: " + version + "\n");
    files.put(
        "schema-guard/compatibility.md",
        "Application: orders\nUnknown ahead: refused\n\n| App version | Expected | Min |\n"
            + "|---|---|---|\n| current | head | "
            + min
            + " |\n");
    files.put("schema-guard/revisions.txt", chain);
    return files;
  }

  private static Map<String, String> next(String min) {
    Map<String, String> files = files("2.0.0", NEW_CHAIN, min);
    MIGRATIONS.forEach((name, sql) -> files.put("db/migration/" + name, sql));
    return files;
  }

  private Path archive(String name, String classes, Map<String, String> files) {
    Path archive = temp.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(archive))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        String root = file.getKey().startsWith("META-INF") ? "" : classes;
        out.putNextEntry(new JarEntry(root + file.getKey()));
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return archive;
  }

  private Path folder(String name, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = temp.resolve(name).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return temp.resolve(name);
  }

  private Path old() {
    return archive("old.jar", "", files("1.0.0", OLD_CHAIN, ""));
  }

  @Test
  void thePlanIsTextForPeople() {
    Path old = old();
    Path next = archive("new.jar", "", next("2"));

    Result result = run("rolling", "--from", old.toString(), "--to", next.toString());

    assertThat(result)
        .isEqualTo(
            new Result(
                11,
                """
                Rolling 1.0.0 → 2.0.0
                  at           2
                  evidence     ✔ 3: its marker admits 1.0.0 and newer
                               ✖ 4: its marker requires 2.0.0
                  why          1.0.0 does not survive 4: its marker requires 2.0.0
                  careful      at the end cannot restart: 1.0.0
                  step 1       migrate up to 3, and no further
                               flyway migrate -target=3
                  step 2       replace the instances of 1.0.0 by 2.0.0, one after the other
                  step 3       wait until no instance of 1.0.0 is connected; this command exits with 11 until then, and asks the database of SCHEMA_GUARD_URL
                               schema-guard preflight --respect-running --app %2$s
                  way back     1.0.0 can be restored until 4 is applied, without undoing
                  step 4       apply the rest
                               flyway migrate
                  way back     1.0.0 cannot be restored any more without undoing 4: schema-guard preflight --app %1$s plans that
                ✖ STAGED: 4 has to wait
                """
                    .formatted(old, next),
                ""));
  }

  @Test
  void jsonHasTheKeysThatAPipelineReads() {
    Result result =
        run(
            "rolling",
            "--from",
            old().toString(),
            "--to",
            archive("new.jar", "", next("")).toString(),
            "--format",
            "json");

    assertThat(result.exitCode()).isEqualTo(12);
    assertThat(result.out())
        .contains(
            "\"decision\": \"recreate\"",
            "\"exit_code\": 12",
            "\"stops_at\": \"4\"",
            "\"safe_up_to\": \"3\"",
            "\"cannot_restart\": [\"1.0.0\"]",
            "\"action\": \"stop_old\"",
            "\"kind\": \"marker\"",
            "\"way_back\": ");
  }

  @Test
  void markdownIsForTheCommentOnAPullRequest() {
    Path old = old();
    Path next = archive("new.jar", "", next("2"));

    Result result =
        run("rolling", "--from", old.toString(), "--to", next.toString(), "--format", "markdown");

    assertThat(result.out())
        .startsWith(
            """
            ### Schema upgrade 1.0.0 → 2.0.0: staged

            1.0.0 does not survive 4: its marker requires 2.0.0.

            | Revision | 1.0.0 survives | Evidence |
            |---|---|---|
            | 3 | yes | its marker admits 1.0.0 and newer |
            | 4 | **no** | its marker requires 2.0.0 |

            1. migrate up to 3, and no further

               ```sh
               flyway migrate -target=3
               ```

               *1.0.0 can be restored until 4 is applied, without undoing*

            2. replace the instances of 1.0.0 by 2.0.0, one after the other
            """)
        .endsWith("At the end these versions cannot restart: 1.0.0.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOOT-INF/classes/", "WEB-INF/classes/"})
  void bootJarsAndWarsAreRead(String classes) {
    Path next = archive("new.war", classes, next("2"));
    Result result = run("rolling", "--from", old().toString(), "--to", next.toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(11);
    assertThat(result.out()).contains("flyway migrate -target=3");
  }

  @Test
  void foldersMatricesAndChainsAreRead() throws IOException {
    Path next = folder("exploded", next("2"));
    Path document = folder("old", files("1.0.0", OLD_CHAIN, ""));
    for (Path from :
        new Path[] {
          document,
          document.resolve("schema-guard/compatibility.md"),
          document.resolve("schema-guard/revisions.txt")
        }) {
      Result result =
          Files.isDirectory(from)
              ? run("rolling", "--from", from.toString(), "--to", next.toString())
              : run(
                  "rolling",
                  "--from",
                  document.resolve("schema-guard/revisions.txt").toString(),
                  "--from-version",
                  "1.0.0",
                  "--to",
                  next.toString());
      assertThat(result.exitCode()).as(from + result.err() + result.out()).isEqualTo(11);
      assertThat(result.out()).contains("STAGED: 4 has to wait");
    }
  }

  @Test
  void anArtifactWithoutAVersionIsOfTheVersionThatTheUserNames() {
    Map<String, String> files = files("", OLD_CHAIN, "");
    files.remove("META-INF/MANIFEST.MF");
    Result result =
        run(
            "rolling",
            "--from",
            archive("unnamed.jar", "", files).toString(),
            "--from-version",
            "1.0.0",
            "--to",
            archive("new.jar", "", next("2")).toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(11);
    assertThat(result.out()).contains("Rolling 1.0.0 → 2.0.0", "its marker admits 1.0.0");
  }

  /** The other commands would not find its row, so no step prints one that needs it. */
  @Test
  void theStepsForAnArtifactWithoutAVersionNeedNoRowOfIt() {
    Map<String, String> files = next("2");
    files.remove("META-INF/MANIFEST.MF");
    Result result =
        run(
            "rolling",
            "--from",
            old().toString(),
            "--to",
            archive("unnamed.jar", "", files).toString(),
            "--to-version",
            "2.0.0");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(11);
    assertThat(result.out())
        .contains("schema-guard fleet")
        .doesNotContain("preflight --respect-running");
  }

  @Test
  void nothingNewIsRollingWithoutAMigration() {
    Result result = run("rolling", "--from", old().toString(), "--to", old().toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("nothing is pending", "✔ ROLLING").doesNotContain("flyway");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path empty = archive("empty.jar", "", Map.of("a.txt", ""));
    Result nothing = run("rolling", "--from", empty.toString(), "--to", old().toString());
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err()).contains("it holds neither schema-guard/compatibility.md");
    Result absent = run("rolling", "--from", "no.jar", "--to", old().toString());
    assertThat(absent.exitCode()).isEqualTo(2);
    assertThat(absent.err()).contains("--from", "there is no no.jar");
  }

  @Test
  void onPostgresItStartsWhereTheDatabaseStandsWithWhatIsConnected() throws Exception {
    onADatabase(Postgres.database());
  }

  @Test
  @RequiresMariaDb
  void onMariaDbToo() throws Exception {
    onADatabase(MariaDb.databaseWithPerformanceSchema());
  }

  @Test
  void aRevisionThatRequiresSomethingWaitsForItByName() throws Exception {
    TestDatabase database = Postgres.database();
    FlywayRun flyway = FlywayRun.of(database.dataSource());
    MIGRATIONS.forEach(flyway::script);
    flyway.target("2").migrate();
    database.execute("CREATE TABLE jobs (open int)", "INSERT INTO jobs VALUES (1)");
    Map<String, String> files = next("2");
    files.merge(
        "schema-guard/compatibility.md",
        """

        | Revision | Requires |
        |---|---|
        | 4 | the notes are moved: `SELECT count(*) = 0 FROM jobs` |
        """,
        String::concat);
    String[] arguments = {
      "rolling",
      "--from",
      old().toString(),
      "--to",
      archive("new.jar", "", files).toString(),
      "--url",
      database.url(),
      "--user",
      database.user()
    };
    try (TaggedPools pools = new TaggedPools()) {
      pools.connect(database, new ConnectionTag("orders", "2.0.0"), 1);
      Result waits = run(arguments);

      assertThat(waits.exitCode()).as(waits.out() + waits.err()).isEqualTo(11);
      assertThat(waits.out()).contains("wait before 4: the notes are moved");
    }
  }

  private void onADatabase(TestDatabase database) throws Exception {
    FlywayRun flyway = FlywayRun.of(database.dataSource());
    MIGRATIONS.forEach(flyway::script);
    flyway.target("3").migrate();
    Path old = old();
    Path next = archive("new.jar", "", next("2"));
    String[] arguments = {
      "rolling",
      "--from",
      old.toString(),
      "--to",
      next.toString(),
      "--url",
      database.url(),
      "--user",
      database.user(),
      "--password-file",
      Files.writeString(temp.resolve("password"), database.password()).toString()
    };
    try (TaggedPools pools = new TaggedPools()) {
      pools.connect(database, new ConnectionTag("orders", "1.0.0"), 1);
      Result staged = run(arguments);
      assertThat(staged.exitCode()).as(staged.out() + staged.err()).isEqualTo(11);
      assertThat(staged.out())
          .contains("at           3", "✖ 4: its marker requires 2.0.0")
          .contains("step 1       replace the instances of 1.0.0 by 2.0.0")
          .doesNotContain("✔ 3");
      pools.connect(database, new ConnectionTag("orders", "0.9.0"), 1);
      Result older = run(arguments);
      assertThat(older.exitCode()).isEqualTo(11);
      assertThat(older.out()).contains("0.9.0, which is connected");
    }
    Result unreachable =
        run(
            "rolling",
            "--from",
            old.toString(),
            "--to",
            next.toString(),
            "--url",
            "jdbc:h2:tcp://localhost:1/x");
    assertThat(unreachable.exitCode()).as(unreachable.out()).isEqualTo(8);
    assertThat(unreachable.out()).contains("NO-GO");
  }
}
