// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands {@code schema} and {@code schema diff}, and what {@code verify} says of the file.
 */
class SchemaCommandTest {

  /** What a command left behind. */
  private record Result(int exitCode, String out, String err) {}

  @TempDir private Path project;

  @Nested
  class OfADatabase {

    private final TestDatabase database = Postgres.database();
    private final List<String> scripts = new ArrayList<>();

    @Test
    void theFileIsWrittenCheckedAndUpdated() throws IOException {
      migrate("CREATE TABLE a (x int, y text)");
      write("revisions.txt", "1\n2\n");
      assertThat(schema("--check"))
          .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2))
          .satisfies(
              result ->
                  assertThat(result.err())
                      .contains("run the same command without --check", "explain GUARD-DRIFTED"));
      assertThat(file()).doesNotExist();

      assertThat(schema())
          .isEqualTo(
              new Result(
                  0,
                  """
                  %s: 5 lines added
                  + since 2
                  + leave-out audit\\_%%
                  + table a
                  +   x integer
                  +   y text
                  """
                      .formatted(file()),
                  ""));
      assertThat(file()).content().contains("\nleave-out audit\\_%\n");
      assertThat(schema("--check"))
          .isEqualTo(new Result(0, file() + " is current: 1 table, 2 columns\n", ""));

      migrate("ALTER TABLE a ALTER x TYPE bigint, DROP y");
      write("revisions.txt", "1\n2\n3\n");
      assertThat(schema("--check").out())
          .isEqualTo(
              """
              %s: 1 line changed, 1 line removed
                table a
              -   x integer
              +   x bigint  since=3  was=x integer
              -   y text
              """
                  .formatted(file()));
      assertThat(schema().exitCode()).isZero();
      assertThat(file()).content().contains("  x bigint\tsince=3\twas=x integer\n");
      assertThat(verify())
          .isEqualTo(
              new Result(
                  0, "✔ 1 row(s) and 3 revision(s) agree, 1 schema file(s) are sound\n", ""));
    }

    @Test
    void theFirstFileOfAnOlderDatabase() throws IOException {
      migrate("CREATE TABLE a (x int)");
      write("revisions.txt", "1\n2\n3\n");

      Result refused = schema();
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .contains("it is not at 3: 1 pending migration(s): 2 → 3")
          .contains("Apply these migrations to it first");

      assertThat(schema("--at", "2").exitCode()).isZero();
      assertThat(file()).content().contains("\nsince 2\n");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "--matrix compatibility.md | compatibility.md",
          "--at 9 | '9' is not in",
          "--further-schemas a,b | it has no table, or does not exist",
          "--tool liquibase | not at 2"
        })
    void whatCannotBeDoneIsSaid(String options, String message) throws IOException {
      migrate("CREATE TABLE a (x int)");
      write("revisions.txt", "1\n2\n");

      Result result = schema(options.split(" "));

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).contains(message);
      assertThat(file()).doesNotExist();
    }

    private void migrate(String sql) {
      FlywayRun run = FlywayRun.of(database.dataSource());
      scripts.add(sql);
      run.script("V1__audit", "CREATE TABLE audit_log (x int)");
      for (int i = 0; i < scripts.size(); i++) {
        run.script("V" + (i + 2) + "__step", scripts.get(i));
      }
      run.migrate();
    }

    private Result schema(String... more) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "schema",
                  "--url",
                  database.url(),
                  "--user",
                  database.user(),
                  "--password",
                  database.password(),
                  "--revisions",
                  project.resolve("revisions.txt").toString(),
                  "--leave-out",
                  "audit\\_%"));
      arguments.addAll(List.of(more));
      return run(arguments.toArray(String[]::new));
    }

    private Path file() {
      return project.resolve("schema.postgresql.txt");
    }
  }

  private Path write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream beforeOut = System.out;
    PrintStream beforeErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      return new Result(
          Main.run(arguments),
          out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(beforeOut);
      System.setErr(beforeErr);
    }
  }

  @Nested
  class Diff {

    private static final String OLD =
        """
        table a
          u date\tunused
          x integer not null
          y text
          key (x)

        table b\tunused
          z date
        """;

    @Test
    void saysWhatANewVersionTakesAway() throws IOException {
      Path old = jar("old.jar", "BOOT-INF/classes/", "schema.postgresql.txt", OLD);
      Path next =
          write(
              "new/WEB-INF/classes/schema-guard/schema.postgresql.txt",
              "table a\n  n text not null\n  x text not null\n");

      assertThat(run("schema", "diff", old.toString(), project.resolve("new").toString()))
          .isEqualTo(
              new Result(
                  10,
                  """
                  postgresql  missing: a.y
                  postgresql  missing: a key (x)
                  postgresql  changed: a.x: text not null, not integer not null
                  postgresql  newly required: a.n
                  ✖ a database of %s lacks what %s needs
                  """
                      .formatted(project.resolve("new"), old),
                  ""));
      assertThat(run("schema", "diff", "--format", "json", old.toString(), next.toString()))
          .isEqualTo(
              new Result(
                  10,
                  """
                  {
                    "old": "%s",
                    "new": "%s",
                    "result": "broken",
                    "exit_code": 10,
                    "products": [
                      {
                        "dbms": "postgresql",
                        "result": "broken",
                        "missing": ["a.y", "a key (x)"],
                        "changed": ["a.x: text not null, not integer not null"],
                        "newly_required": ["a.n"]
                      }
                    ],
                    "notes": []
                  }
                  """
                      .formatted(old, next),
                  ""));
    }

    @Test
    void saysThatEverythingIsThere() throws IOException {
      Path old = write("old-schema.h2.txt", OLD);
      write("new/schema-guard/schema.postgresql.txt", "table a\n");
      Path next =
          write(
              "new/schema-guard/schema.h2.txt", "view a\n  w date\n  x bigint\n  y text\tunused\n");

      assertThat(run("schema", "diff", old.toString(), project.resolve("new").toString()))
          .isEqualTo(
              new Result(
                  0,
                  """
                  h2          all that OLD needs: 1 table, 2 columns
                  ✔ a database of %s has all that %s needs
                  """
                      .formatted(next.getParent().getParent(), old),
                  "note      postgresql is not compared: " + old + " has no schema file for it\n"));
    }

    @Test
    void saysWhatItCannotKnow() throws IOException {
      Path old = write("old-schema.h2.txt", OLD);
      Path next = write("new-schema.h2.txt", "leave-out a%\ntable c\n  x text\n");

      Result result = run("schema", "diff", old.toString(), next.toString());

      assertThat(result.exitCode()).isEqualTo(10);
      assertThat(result.out()).startsWith("h2          missing: table a\n");
      assertThat(result.err())
          .isEqualTo("note      " + next + " leaves out a, so it is unknown whether it exists\n");
    }

    @Test
    void needsAProductThatBothHave() throws IOException {
      Path old = write("old/schema.h2.txt", OLD);
      Path next = write("new/schema.postgresql.txt", OLD);

      Result result = run("schema", "diff", old.toString(), next.toString());

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .contains("no database product has a schema file in both")
          .contains(old + " has h2, " + next + " has postgresql")
          .contains("Name two versions with a schema file for the same product.");
    }

    @ParameterizedTest
    @CsvSource({
      "none.jar, there is no such file",
      "notes.md, it cannot be read as an application",
      "empty, it holds no schema file",
      "wrong.schema.h2.txt, no table precedes this line"
    })
    void namesWhatItCannotRead(String file, String message) throws IOException {
      Files.createDirectories(project.resolve("empty"));
      write("notes.md", "table a\n");
      write("wrong.schema.h2.txt", "x text\n");
      Path next = write("new/schema.h2.txt", OLD);

      Result result = run("schema", "diff", project.resolve(file).toString(), next.toString());

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).contains(project.resolve(file).toString()).contains(message);
    }
  }

  @Nested
  class Verify {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "schema.postgresql.txt | table a\\n  x text\\tsince=4 | txt:2 | '4' is not in",
          "schema.postgresql.txt | since 4\\ntable a\\n  x text | txt:1 | '4' is not in",
          "schema.postgresql.txt | table a\\n  x | txt:2 | 'x' is neither a table, a view, a key nor",
          "schema.postgresql.txt | table a\\n  x text\\tin=1 | txt:2 | 'in=1' is not an attribute",
          "schema.postgres.txt | table a | postgres.txt | 'postgres' is not a database product with a schema file",
          "schema.txt | table a | schema.txt | '' is not a database product with a schema file"
        })
    void namesWhatIsWrong(String file, String text, String place, String message)
        throws IOException {
      write("revisions.txt", "1\n2\n3\n");
      write(file, text.replace("\\n", "\n").replace("\\t", "\t"));

      Result result = verify();

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.out()).contains(place + "\nwhy       " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0002", "0002_b", "b", "old", "1"})
    void acceptsEveryReferenceToALine(String reference) throws IOException {
      write("revisions.txt", "1\treplaced-by=0002_b\n0002_b\talias=b\twas=old\n3\n");
      write("schema.postgresql.txt", "since 1\ntable a\n  x text\tsince=" + reference + "\n");

      assertThat(verify().exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "none",
        value = {
          "'', no line has since=",
          "since 3, 'the file was first written at 3, so older databases'",
          "since 2, none"
        })
    void warnsWhereDatabasesAtTheMinimumAreNotDescribed(String start, String warning)
        throws IOException {
      write("revisions.txt", "1\n2\n3\n");
      write(
          "compatibility.md",
          """
          Unknown ahead: refused

          | App version | Expected | Min |
          |---|---|---|
          | current | head | 2 |
          | 1.0 | 2 | 1 |
          """);
      write("schema.postgresql.txt", start + "\ntable a\n  x text\n");

      Result result = run("verify", "--matrix", project.resolve("compatibility.md").toString());

      assertThat(result.exitCode()).isZero();
      if (warning == null) {
        assertThat(result.err()).doesNotContain("schema.postgresql.txt");
      } else {
        assertThat(result.err())
            .contains("warning   " + project.resolve("schema.postgresql.txt"))
            .contains("versions with this head also run on 2, but " + warning)
            .contains("(schema-guard schema --at 2)");
      }
    }

    @Test
    void readsTheFilesOfAnApplication() throws IOException {
      Path application = project.resolve("app/BOOT-INF/classes/schema-guard");
      write("app/BOOT-INF/classes/schema-guard/revisions.txt", "1\n");
      write("app/BOOT-INF/classes/schema-guard/schema.mysq.txt", "table a\n");

      Result result = run("verify", "--app", project.resolve("app").toString());

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.out())
          .contains("where     " + application.resolve("schema.mysq.txt"))
          .contains("why       'mysq' is not a database product")
          .contains("one of these names: postgresql, ");
    }
  }

  private Result verify() {
    return run("verify", "--revisions", project.resolve("revisions.txt").toString());
  }

  private Path jar(String name, String classes, String file, String text) throws IOException {
    Path jar = project.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(classes + "schema-guard/" + file));
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
