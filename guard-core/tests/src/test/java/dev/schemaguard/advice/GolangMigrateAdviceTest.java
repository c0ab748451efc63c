// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Follows what a problem with a history of golang-migrate advises to the letter, from the state
 * that leads to it, and checks the database again. The commands do what {@code migrate.go} says.
 */
class GolangMigrateAdviceTest {

  private static final Pattern COMMAND =
      Pattern.compile("migrate (force -?\\d+|up\\b)|goto \\d+|down -all");

  private static final String ROWS =
      "| current | head |\n| 1.0 | 4 |\n| 1.1 | 10 |\n| 1.2 | 12 |\n";

  private final TestDatabase database = Postgres.database();
  private final GolangMigrateRun history = new GolangMigrateRun(database, "schema_migrations");

  @ParameterizedTest
  @ValueSource(longs = {4, 10, 12})
  void aDirtyVersionIsSetToTheOneBelowItAndRunAgain(long version) throws SQLException {
    history.dirty(version);

    MigrationStatus status = check("4", "10", "12");

    assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
    follow(status.problem().actions().get(0), sources(4, 10, 12));
    assertThat(check("4", "10", "12").verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aDirtyVersionBelowTheFirstIsSetToNone() throws SQLException {
    history.dirty(-1);

    follow(check("4", "10").problem().actions().get(0), sources(4, 10));

    assertThat(check("4", "10").verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aDirtyVersionOfAnotherReleaseIsLeftToItsMigrations() throws SQLException {
    history.dirty(12);

    String action = check("4", "10").problem().actions().get(0);

    assertThat(action).contains("of the version that brought it").doesNotContain("force 10");
  }

  @Test
  void fromAVersionBetweenTheFilesThisReleaseAppliesNothing() throws SQLException {
    history.at(6);

    MigrationStatus status = check("4", "10", "12");

    assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(status.problem().why()).contains("do not include 6");
    assertThatThrownBy(() -> up(sources(4, 10, 12))).hasMessage("no migration found for version 6");
    assertThat(status.problem().actions().get(0)).contains("deploy the version that brought 6");
    up(sources(4, 6, 10, 12));
    assertThat(check("4", "10", "12").verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aVersionBetweenTheFilesIsUndoneToTheNearestFile() throws SQLException {
    history.at(6);

    String action = check("4", "10", "12").problem().actions().get(1);

    assertThat(action).contains("migrate goto 4");
    goTo(4, sources(4, 6));
    up(sources(4, 10, 12));
    assertThat(check("4", "10", "12").verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aLostVersionIsForcedAndTheMigrationsGoOnFromIt() throws SQLException {
    database.execute("CREATE TABLE item (id INT)");

    MigrationStatus status = check("4", "10", "12");

    assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
    assertThat(status.problem().actions().get(0)).startsWith("run no migration here");
    String action = status.problem().actions().get(1);
    assertThat(action).contains("(migrate force V)");
    follow(action.replace("force V", "force 10"), sources(4, 10, 12));
    assertThat(check("4", "10", "12").pendingRevisions()).containsExactly("12");
    follow(check("4", "10", "12").problem().actions().get(0), sources(4, 10, 12));
    assertThat(check("4", "10", "12").verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void preflightIsANoGoWhereGolangMigrateCannotGoOn() throws SQLException {
    history.at(6);

    Preflight preflight = preflight("current", "4", "10", "12");

    assertThat(preflight.go()).isFalse();
    assertThat(preflight.exitCode()).isEqualTo(5);
    assertThat(preflight.reason()).contains("do not include 6");
    history.at(14);
    assertThat(preflight("current", "4", "10", "12").go()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1"})
  void aRollbackGoesToTheNearestVersionThatHasAFile(String version) throws SQLException {
    history.at(12);

    Rollback rollback = rollback(version, "4", "10", "12");

    follow(String.join(" ", rollback.commands()), sources(4, 10, 12));
    try (SchemaGuard guard = guard("refused", version, "4", "10", "12")) {
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  @Test
  void thereIsNoRollbackToAVersionWhoseFileWasSquashed() throws SQLException {
    history.at(12);

    Rollback rollback = rollback("1.0", "4\treplaced-by=10", "10", "12");

    assertThat(rollback.commands()).isEmpty();
    assertThat(rollback.notes()).anyMatch(note -> note.contains("4 is no longer in the"));
  }

  private Rollback rollback(String version, String... chain) {
    try (SchemaGuard guard = guard("refused", version, chain)) {
      return Objects.requireNonNull(guard.preflight().rollback());
    }
  }

  private Preflight preflight(String version, String... chain) {
    try (SchemaGuard guard = guard("allowed", version, chain)) {
      return guard.preflight();
    }
  }

  private MigrationStatus check(String... chain) {
    String text = String.join("\n", chain) + "\n";
    try (SchemaGuard guard =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(text, "revisions.txt")))
            .tool(Tool.GOLANG_MIGRATE)
            .environment(variable -> null)
            .build()) {
      return guard.check();
    }
  }

  private SchemaGuard guard(String unknownAhead, String version, String... chain) {
    String text = String.join("\n", chain) + "\n";
    String document =
        "Unknown ahead: " + unknownAhead + "\n\n| App version | Expected |\n|--|--|\n" + ROWS;
    var builder =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.parse(document, RevisionChain.parse(text, "revisions.txt")))
            .tool(Tool.GOLANG_MIGRATE)
            .environment(variable -> null);
    return version.equals("current")
        ? builder.build()
        : builder.applicationVersion(version).build();
  }

  private static NavigableSet<Long> sources(long... versions) {
    NavigableSet<Long> sources = new TreeSet<>();
    for (long version : versions) {
      sources.add(version);
    }
    return sources;
  }

  /** Does what an action says first; what follows "or" is another way. */
  private void follow(String action, NavigableSet<Long> sources) throws SQLException {
    String first = action.replaceAll(", or migrate force \\d+[^)]*", "");
    List<String> commands = COMMAND.matcher(first).results().map(MatchResult::group).toList();
    assertThat(commands).as(action).isNotEmpty();
    for (String command : commands) {
      String argument = command.substring(command.lastIndexOf(' ') + 1);
      if (command.contains("force")) {
        force(Long.parseLong(argument));
      } else if (command.contains("goto")) {
        goTo(Long.parseLong(argument), sources);
      } else if (command.contains("up")) {
        up(sources);
      } else {
        history.create();
      }
    }
  }

  /** {@code Force} asks for no file; {@code SetVersion} writes no row for -1. */
  private void force(long version) throws SQLException {
    if (version < 0) {
      history.create();
    } else {
      history.at(version);
    }
  }

  private void up(NavigableSet<Long> sources) throws SQLException {
    requireStart(sources);
    history.at(sources.last());
  }

  private void goTo(long version, NavigableSet<Long> sources) throws SQLException {
    requireStart(sources);
    requireFile(version, sources);
    history.at(version);
  }

  private void requireStart(NavigableSet<Long> sources) throws SQLException {
    for (String row : database.rows("SELECT version, dirty FROM schema_migrations")) {
      if (row.endsWith("|t")) {
        throw new IllegalStateException("Dirty database version");
      }
      requireFile(Long.parseLong(row.substring(0, row.indexOf('|'))), sources);
    }
  }

  private static void requireFile(long version, NavigableSet<Long> sources) {
    if (!sources.contains(version)) {
      throw new IllegalStateException("no migration found for version " + version);
    }
  }
}
