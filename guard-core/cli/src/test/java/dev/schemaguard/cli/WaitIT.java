// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command wait shows while real Liquibase migrates, on a terminal and in a log. */
class WaitIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String WAY = "0009_add_rate_limit_table → 0012_add_health_cache";
  private static final String LOCK =
      " · lock held by \\S+ \\(.+\\) since [-T:\\d]+ \\(the holder's local time\\), \\d+ s ago by the"
          + " database's clock";

  @TempDir private static Path temp;
  private static Server server;

  private TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    server = Server.createTcpServer("-tcpPort", "0").start();
    for (String file : List.of("compatibility.md", "revisions.txt")) {
      Files.writeString(temp.resolve(file), Statewave.resource("statewave/schema-guard/" + file));
    }
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void migrateToNine() {
    database = H2.database();
    Statewave.update(database.dataSource(), 9);
  }

  @Nested
  class InALog {

    @Test
    void thereIsALineAStateThatNamesTheHolderOfTheLock() throws Exception {
      CliProcess.Running wait = new CliProcess().start(arguments());
      until("it waits", () -> wait.errSoFar().contains("waiting"));
      Statewave.run(database.dataSource())
          .locked(() -> until("it sees the lock", () -> wait.errSoFar().contains("lock held by")));
      Statewave.update(database.dataSource(), 3);

      CliProcess.Result result = wait.end();
      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).startsWith("✔ Schema is up to date\nversion   statewave 0.6.1\n");
      List<String> lines = result.err().lines().toList();
      assertThat(lines.get(0)).isEqualTo("waiting at most 40 s: 3 pending migration(s): " + WAY);
      assertThat(lines.get(1)).matches("waiting: 3 pending migration\\(s\\): " + WAY + LOCK);
      assertThat(lines).allMatch(line -> line.startsWith("waiting"));
      for (int i = 1; i < lines.size(); i++) {
        assertThat(state(lines.get(i))).isNotEqualTo(state(lines.get(i - 1)));
      }
    }

    @Test
    void aLockThatIsHeldForLongIsNoNews() throws Exception {
      Statewave.run(database.dataSource())
          .locked(
              () -> {
                CliProcess.Result result = run("--timeout", "5s");
                assertThat(result.exitCode()).isEqualTo(3);
                assertThat(result.err())
                    .matches(
                        "waiting at most 5 s: 3 pending migration\\(s\\): " + WAY + LOCK + "\n");
              });
    }

    @Test
    void jsonStaysAloneOnStandardOutput() throws Exception {
      CliProcess.Result result = run("--timeout", "2s", "--format", "json");
      assertThat(result.out()).startsWith("{").endsWith("}\n").doesNotContain("waiting");
      assertThat(result.err()).startsWith("waiting at most 2 s: ").hasLineCount(1);
    }

    private static String state(String line) {
      return line.replaceFirst(", \\d+ s ago", "");
    }
  }

  @Nested
  @RequiresTerminal
  class OnATerminal {

    @Test
    void aLivingLineShowsTheWaitAndLeavesTheResultAlone() throws Exception {
      CliProcess.Running wait = terminal().startOnTerminal(arguments());
      until("the time goes on", () -> wait.outSoFar().matches("(?s).*waiting [2-9] s of 40 s.*"));
      assertThat(wait.outSoFar()).contains("s of 40 s · behind, 3 pending · ").doesNotContain("\n");
      Statewave.run(database.dataSource())
          .locked(
              () ->
                  until(
                      "it sees the lock",
                      () -> wait.outSoFar().matches("(?s).* · locked for \\d s by .*")));
      assertThat(Screen.of(wait.outSoFar())).hasSize(1).allMatch(line -> line.length() < 80);
      Statewave.update(database.dataSource(), 3);

      CliProcess.Result result = wait.end();
      assertThat(result.exitCode()).isZero();
      assertThat(Screen.of(result.out()))
          .startsWith("✔ Schema is up to date", "version   statewave 0.6.1")
          .hasSize(3);
      assertThat(drawings(result.out())).hasSizeGreaterThan(4);
    }

    @Test
    void theLineIsAsWideAsTheTerminalAndAsciiIfPlain() throws Exception {
      CliProcess.Result result =
          terminal()
              .environment("COLUMNS", "50")
              .startOnTerminal(arguments("--plain", "--timeout", "5s"))
              .end();
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.out()).doesNotContain("\u001B[1").matches("\\p{ASCII}+");
      assertThat(drawings(result.out()))
          .anyMatch(
              drawing -> drawing.matches("waiting \\d s of 5 s - behind, 3 pending - 0009_\\.{3}"))
          .allMatch(drawing -> drawing.length() < 50);
      assertThat(Screen.of(result.out())).first().asString().startsWith("[X] 3 pending");
    }

    @Test
    void jsonStandsAloneInTheEnd() throws Exception {
      CliProcess.Result result =
          terminal().startOnTerminal(arguments("--format", "json", "--timeout", "2s")).end();
      assertThat(drawings(result.out())).isNotEmpty();
      assertThat(Screen.of(result.out())).startsWith("{").endsWith("}");
    }

    @Test
    void aDumbTerminalIsALog() throws Exception {
      CliProcess.Result result =
          new CliProcess()
              .environment("TERM", "dumb")
              .environment("NO_COLOR", "1")
              .startOnTerminal(arguments("--timeout", "1s"))
              .end();
      assertThat(result.out()).startsWith("waiting at most 1 s: ").doesNotContain("\u001B");
    }

    @Test
    void ctrlCEndsItAtOnceAndLeavesNothing() throws Exception {
      CliProcess.Running wait = terminal().startOnTerminal(arguments());
      until("it waits", () -> wait.outSoFar().contains("waiting"));
      wait.interrupt();
      assertEndsAtOnceWith(130, wait);
    }

    @Test
    void soDoesTheSignalOfAnOrchestrator() throws Exception {
      CliProcess.Running wait = terminal().startOnTerminal(arguments());
      until("it waits", () -> wait.outSoFar().contains("waiting"));
      wait.terminate();
      assertEndsAtOnceWith(143, wait);
    }

    private void assertEndsAtOnceWith(int exitCode, CliProcess.Running wait) throws Exception {
      long start = System.nanoTime();
      CliProcess.Result result = wait.end();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(result.exitCode()).isEqualTo(exitCode);
      assertThat(Screen.of(result.out().replace("^C", ""))).containsExactly("");
    }

    private static CliProcess terminal() {
      return new CliProcess().environment("TERM", "xterm").environment("LC_ALL", "C.UTF-8");
    }

    private static List<String> drawings(String sent) {
      return Pattern.compile("waiting \\d[^\\e]*")
          .matcher(sent)
          .results()
          .map(found -> found.group())
          .toList();
    }
  }

  private CliProcess.Result run(String... more) {
    try {
      return new CliProcess().run(arguments(more));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those of a wait, of 40 seconds unless others are given. */
  private String[] arguments(String... more) {
    String tcp = "jdbc:h2:tcp://localhost:" + server.getPort() + "/";
    List<String> arguments = new ArrayList<>(List.of("wait", "--app-version", "0.6.1"));
    arguments.addAll(List.of("--url", database.url().replace("jdbc:h2:", tcp), "--user", "sa"));
    arguments.addAll(List.of("--matrix", temp.resolve("compatibility.md").toString()));
    if (!Arrays.asList(more).contains("--timeout")) {
      arguments.addAll(List.of("--timeout", "40s"));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }

  private static void until(String condition, Callable<Boolean> holds) {
    Patience.until(condition, PATIENCE, holds);
  }
}
