// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.runbook.Page.Command;
import dev.schemaguard.runbook.Page.Step;
import dev.schemaguard.testing.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole runbook, command by command in its own order, on a real PostgreSQL. */
@RequiresPostgresClient
class RunbookTest {

  private static final Page PAGE = Page.of("docs/runbook.md");

  /** A command between the lines, whose first word is its program. */
  private static final Pattern INLINE = Pattern.compile("`(([a-z][a-z_-]+) [^`]*)`");

  /** Not run: commands of tools that are not part of this build, and of a cluster. */
  private static final Set<String> OTHER_TOOLS = Set.of("alembic", "migrate", "kubectl");

  private static OldPostgres postgres;

  @TempDir Path temp;

  @BeforeAll
  static void start() throws Exception {
    postgres = new OldPostgres();
    postgres.database().execute("CREATE ROLE guard LOGIN", "CREATE ROLE owner_of_statewave");
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  static Stream<MigrationTool> tools() {
    return Stream.of(new LiquibaseTool(), new FlywayTool());
  }

  @ParameterizedTest
  @MethodSource("tools")
  void leadsThroughTheUpgradeTheRollbackAndEveryTrouble(MigrationTool tool) throws Exception {
    Path work = Files.createDirectories(temp.resolve("release"));
    Map<String, Program> programs =
        Map.of(
            "schema-guard",
            Programs::schemaGuard,
            "java",
            Programs::application,
            tool.name(),
            tool.program());
    try (RunbookEnvironment landscape = new RunbookEnvironment(postgres.database(), tool, work);
        Shell shell = new Shell(temp.resolve("shell"), work, programs)) {
      String heading = "";
      for (Step step : PAGE.steps()) {
        if (!step.heading().equals(heading)) {
          heading = step.heading();
          landscape.arrange(heading);
        }
        if (Set.of("", tool.name()).contains(step.tool())) {
          if (step.showsOutputOf(tool.name())) {
            landscape.settle();
          }
          follow(step, tool, shell, landscape.lockingSession());
        }
      }
    }
  }

  private static void follow(Step step, MigrationTool tool, Shell shell, int session)
      throws Exception {
    StringBuilder output = new StringBuilder();
    for (Command command : step.commands()) {
      Shell.Result result = shell.run(here(command.text(), session) + "\n");
      assertThat(result.exitCode())
          .as("%s with %s: %s%n%s%s", step, tool.name(), command, result.out(), result.err())
          .isEqualTo(command.exitCode());
      output.append(result.err()).append(result.out());
    }
    if (step.showsOutputOf(tool.name())) {
      assertThat(output.toString()).as(step.place()).matches(Shown.pattern(step.output()));
    }
  }

  /** The command with the server of the test instead of the one that the page names. */
  private static String here(String command, int session) {
    return command
        .replace("pg3:5432", "localhost:" + postgres.port())
        .replace("PGHOST=pg3", "PGHOST=localhost PGPORT=" + postgres.port())
        .replace("(4711)", "(" + session + ")");
  }

  @Test
  void namesNoCommandBesideThoseThatAreRun() {
    List<String> run =
        PAGE.steps().stream().flatMap(step -> step.commands().stream()).map(Command::text).toList();
    List<String> others =
        Document.of("docs/runbook.md").prose().stream()
            .flatMap(line -> INLINE.matcher(line).results())
            .filter(inline -> !OTHER_TOOLS.contains(inline.group(2)))
            .map(inline -> inline.group(1))
            .filter(command -> run.stream().noneMatch(each -> each.contains(command)))
            .toList();
    assertThat(others).isEmpty();
  }

  @Test
  void hasForEachStepOfOneToolItsCounterpartOfTheOther() {
    Map<String, Set<String>> tools =
        PAGE.steps().stream()
            .filter(step -> !step.tool().isEmpty())
            .collect(
                Collectors.groupingBy(
                    Step::heading, Collectors.mapping(Step::tool, Collectors.toSet())));
    assertThat(tools).hasSizeGreaterThan(8);
    assertThat(tools.values()).allMatch(Set.of("liquibase", "flyway")::equals);
  }
}
