// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TcpProxy;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options {@code --databases} and {@code --databases-from}, on real databases. */
class DatabasesOptionTest {

  private static TestDatabase current;
  private static TestDatabase behind;
  private static String role;

  @TempDir private Path folder;
  private Path list;

  /** What a command printed, and how it ended. */
  private record Run(int exitCode, String out, String err) {}

  @BeforeAll
  static void migrate() throws Exception {
    current = Postgres.database();
    Statewave.update(current.dataSource(), Statewave.REVISIONS);
    behind = Postgres.copy(current);
    behind.execute("DELETE FROM databasechangelog WHERE orderexecuted > 11");
    role = Postgres.role("reader");
    for (TestDatabase database : new TestDatabase[] {current, behind}) {
      database.execute("GRANT SELECT ON databasechangelog, databasechangeloglock TO " + role);
    }
  }

  @BeforeEach
  void files() throws Exception {
    list = folder.resolve("databases.txt");
    for (String name : new String[] {"compatibility.md", "revisions.txt"}) {
      Files.writeString(folder.resolve(name), Statewave.resource("statewave/schema-guard/" + name));
    }
  }

  private Run run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("--matrix", folder.resolve("compatibility.md").toString(), "--app-version=0.6.1"));
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream reported = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, UTF_8));
      System.setErr(new PrintStream(reported, true, UTF_8));
      int exitCode = CommandLineRun.of(all.toArray(new String[0]));
      return new Run(exitCode, printed.toString(UTF_8), reported.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private Run check(String... lines) throws Exception {
    Files.write(list, List.of(lines));
    return run("check", "--databases=" + list);
  }

  private static String url(TestDatabase database, String parameters) {
    return database.url() + "?" + parameters;
  }

  @Test
  void manyAreJudgedAtOnceAndTheWorstIsFirst() throws Exception {
    List<String> lines = new ArrayList<>(List.of("# our shards", ""));
    for (int i = 0; i < 30; i++) {
      TestDatabase database = i == 7 ? behind : current;
      lines.add(
          "shard_%02d\t%s\tuser=%s"
              .formatted(i, url(database, "ApplicationName=s" + i), database.user()));
    }
    Run run = check(lines.toArray(new String[0]));

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().toList())
        .startsWith(
            "✖ 1 of 30 tenants is not compatible",
            "tenants   30: 1 BEHIND, 29 UP_TO_DATE",
            "  shard_07 BEHIND  1 pending migration(s): 0011_scope_subject_ref_to_tenant →"
                + " 0012_add_health_cache");
  }

  @Test
  void everyCommandTakesThem() throws Exception {
    Files.write(list, List.of("a " + current.url(), "b " + behind.url()));
    String databases = "--databases=" + list;
    String user = "--user=" + current.user();

    assertThat(run("check", databases, user).exitCode()).isEqualTo(3);
    assertThat(run("status", databases, user).exitCode()).isZero();
    assertThat(run("wait", databases, user, "--timeout=1s").exitCode()).isEqualTo(3);
    Run preflight = run("preflight", databases, user);
    assertThat(preflight.exitCode()).isZero();
    assertThat(preflight.out())
        .contains("running    no connection has this application's tag")
        .contains("GO: to apply for 1 of 2 tenants, then this version runs");
  }

  @Test
  void jsonIsThatOfTenants() throws Exception {
    Files.write(list, List.of("a " + current.url(), "b " + behind.url()));

    Run run = run("check", "--databases=" + list, "--user=" + current.user(), "--format=json");

    assertThat(run.out())
        .startsWith("{\n  \"tenants\": 2,\n  \"by_verdict\": {\n    \"BEHIND\": 1,\n")
        .contains("\"worst\": [\n    {\n      \"tenant\": \"b\",\n      \"verdict\": \"BEHIND\"");
  }

  @Test
  void userAndPasswordOfTheOptionsApplyToEachLineThatSaysNothingElse() throws Exception {
    Path password = Files.writeString(folder.resolve("a password"), role + "\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "wrong\n");
    Files.write(
        list,
        List.of(
            "shared " + current.url(),
            "own " + url(current, "x=1") + " password-file=" + wrong,
            "other " + url(current, "x=2") + " user=" + current.user()));

    Run run = run("check", "--databases=" + list, "--user=" + role, "--password-file=" + password);

    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.out())
        .contains("tenants   3: 1 UNREACHABLE, 2 UP_TO_DATE")
        .contains("  own UNREACHABLE")
        .contains("GUARD-UNREACHABLE-LOGIN")
        .doesNotContain(role + "\n");
  }

  @Test
  void aVariableHoldsThePassword() throws Exception {
    Files.write(list, List.of("a %s user=%s password-env=A_SECRET".formatted(current.url(), role)));
    String[] arguments = {
      "check",
      "--databases=" + list,
      "--matrix=" + folder.resolve("compatibility.md"),
      "--app-version=0.6.1"
    };

    CliProcess.Result right =
        new CliProcess()
            .environment("A_SECRET", role)
            .startClass(Main.class.getName(), arguments)
            .end();
    Run unset = run("check", "--databases=" + list);

    assertThat(right.exitCode()).as(right.toString()).isZero();
    assertThat(unset.exitCode()).isEqualTo(2);
    assertThat(unset.err())
        .contains("where     " + list + ":1")
        .contains("the environment variable A_SECRET is not set");
  }

  @Test
  void quotesKeepBlanksTogether() throws Exception {
    Path spaced = Files.createDirectories(folder.resolve("a b"));
    Path password = Files.writeString(spaced.resolve("p"), role);

    Run run =
        check(
            "\"Anna \"\"A\"\" Inc\"  %s  user=%s password-file=\"%s\""
                .formatted(behind.url(), role, password));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).contains("  Anna \"A\" Inc BEHIND");
  }

  static Stream<Arguments> mistakes() {
    String fine = "a jdbc:postgresql://h/a";
    return Stream.of(
        Arguments.of(fine + "\n\n" + fine, ":3", "the label 'a' is also in "),
        Arguments.of("# only\n", "", "the file lists no database"),
        Arguments.of("a", ":1", "there is no JDBC URL after 'a'"),
        Arguments.of("jdbc:postgresql://h/a", ":1", "there is no JDBC URL after"),
        Arguments.of("a postgresql://u:hush@h/a", ":1", "URL of 'a' does not begin with jdbc:"),
        Arguments.of(fine + " usr=x", ":1", "'usr' is unknown"),
        Arguments.of(fine + " password=hush", ":1", "a password does not belong here"),
        Arguments.of(fine + " hush", ":1", "a word after the URL is not a setting"),
        Arguments.of(fine + " user=", ":1", "user is empty"),
        Arguments.of(fine + " user=x user=y", ":1", "user occurs twice"),
        Arguments.of(fine + " password-env=A password-file=b", ":1", "both password-env and"),
        Arguments.of(fine + " user=\"x", ":1", "a double quote is not closed"),
        Arguments.of("\"\" jdbc:postgresql://h/a", ":1", "the label is empty"),
        Arguments.of("\n" + fine + " password-file=/no/such", ":2", "/no/such cannot be read"),
        Arguments.of("a jdbc:nothing://h/a", ":1", "no JDBC driver here accepts 'jdbc:nothing:'"),
        Arguments.of("a jdbc:postgresql://u:hush@h/a", ":1", "the URL has a user before its host"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsFileAndLine(String text, String place, String reason)
      throws Exception {
    Run run = check(text);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("where     " + list + place + "\n").contains(reason);
    assertThat(run.out() + run.err()).doesNotContain("hush");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Run run = run("check", "--databases=" + folder.resolve("none.txt"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--databases", "there is no file ");
  }

  @Test
  void theSameUrlTwiceIsAWarning() throws Exception {
    Run run = check("a " + current.url(), "b " + current.url());

    assertThat(run.err().strip()).isEqualTo(list + ":2: 'b' has the URL of 'a' in " + list + ":1");
    assertThat(run.out()).contains("2 tenants");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--url=jdbc:h2:mem:x",
        "--schemas=a",
        "--schemas-from=SELECT 1",
        "--databases-from=SELECT 1"
      })
  void whatContradictsTheFileIsAnError(String other) throws Exception {
    Files.write(list, List.of("a " + current.url()));

    Run run = run("check", "--databases=" + list, other);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is set as well", "Leave out one of the two");
  }

  private Run from(String query) {
    return run(
        "check", "--url=" + current.url(), "--user=" + current.user(), "--databases-from=" + query);
  }

  @Test
  void aQueryListsThem() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), role);

    Run run =
        from(
            "SELECT * FROM (VALUES ('anna', '%s', '%s', '%s'), ('ben', '%s', NULL, NULL))"
                    .formatted(behind.url(), role, password, current.url())
                + " AS customer (name, url, \"user\", password_file)");

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
    assertThat(run.out()).contains("tenants   2: 1 BEHIND, 1 UP_TO_DATE").contains("  anna BEHIND");
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        Arguments.of("SELECT 'anna' AS name", "the row has no url"),
        Arguments.of("SELECT 'anna', 'jdbc:h2:mem:x' AS url, 'hush' AS password", "selects a pass"),
        Arguments.of("SELECT 'anna', 'jdbc:h2:mem:x' AS url, 'x' AS usr", "column 'usr' is unkn"),
        Arguments.of("SELECT 'anna', 'jdbc:h2:mem:x;INIT=SELECT 1' AS url", "the URL sets 'INIT'"),
        Arguments.of(
            "SELECT 'anna', 'jdbc:postgresql://h/x?socketFactory=a.B' AS url",
            "the URL sets 'socketFactory'"),
        Arguments.of(
            "SELECT 'anna', 'jdbc:mysql://h/x?auto%44eserialize=true' AS url",
            "the URL sets 'autoDeserialize'"),
        Arguments.of("DELETE FROM customer", "is not one SELECT"));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void aQueryThatListsNoDatabasesIsAnError(String query, String reason) {
    Run run = from(query);

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.err()).contains("databases-from").contains(reason);
    assertThat(run.out() + run.err().replace(query, "")).doesNotContain("hush");
  }

  @Test
  void aServerThatDoesNotRespondIsReportedForEachOfItsDatabases() throws Exception {
    try (TcpProxy frozen = TcpProxy.toNowhere()) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        lines.add("dead_%02d jdbc:postgresql://localhost:%d/x".formatted(i, frozen.port()));
        lines.add("shard_%02d %s".formatted(i, url(current, "ApplicationName=s" + i)));
      }
      Files.write(list, lines);

      Run run = run("check", "--databases=" + list, "--user=" + current.user(), "--timeout=3s");

      assertThat(run.exitCode()).isEqualTo(8);
      assertThat(run.out())
          .contains("tenants   80: 40 UNREACHABLE, 40 UP_TO_DATE")
          .contains("  … and 20 more; --format json names all of them");
    }
  }

  @Test
  void theDocumentedFileCanBeRead() throws Exception {
    String example = Document.of("docs/how-to/tenants.md").blocks("conf").get(0).text();
    Files.writeString(list, example);

    Map<String, ListedDatabase> databases = DatabasesFile.read(list);

    assertThat(databases).containsOnlyKeys("anna", "ben", "Cleo & Co", "dora");
    assertThat(databases.get("ben").login().variable()).isEqualTo("BEN_PASSWORD");
  }
}
