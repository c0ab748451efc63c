// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of the pipelines, run by bash as their servers run them. */
@EnabledOnOs(OS.LINUX)
class PipelinesTest {

  private static final TestDatabase AT_NINE = H2.database();
  private static final TestDatabase LOCKED = H2.database();
  private static final TestDatabase AT_TWELVE = H2.database();

  @TempDir static Path release;
  @TempDir Path temp;

  @BeforeAll
  static void arrange() throws Exception {
    new LiquibaseTool().layOut(release);
    Statewave.update(AT_NINE.dataSource(), 9);
    Statewave.update(AT_TWELVE.dataSource(), 12);
    Statewave.update(LOCKED.dataSource(), 9);
    LOCKED.execute(
        "UPDATE DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKGRANTED = CURRENT_TIMESTAMP,"
            + " LOCKEDBY = 'migrate-job-7'");
  }

  @ParameterizedTest
  @CsvSource({
    "preflight, nine, 0.6.1, 0, Go.",
    "preflight, twelve, 0.5.0, 4, The database is newer than this release.",
    "preflight, locked, 0.6.1, 6, 'A migration runs, or its lock stayed behind.'",
    "preflight, none, 0.6.1, 8, The database cannot be reached or read",
    "check, twelve, 0.6.1, 0, The new version may start.",
    "check, nine, 0.6.1, 3, Still behind",
    "check, twelve, 0.5.0, 4, 'The new version cannot start, exit code 4.'",
    "check, none, 0.6.1, 8, 'The new version cannot start, exit code 8.'",
  })
  void endWithTheExitCodeOfTheCommandAndSayWhatItMeans(
      String command, String database, String version, int exitCode, String words)
      throws Exception {
    for (String script : scripts(command)) {
      Shell.Result result = run(script, database, version);
      assertThat(result.exitCode()).as(script + result.out() + result.err()).isEqualTo(exitCode);
      assertThat(result.out()).contains(words);
    }
  }

  @ParameterizedTest
  @CsvSource({"github-actions.yml, env, run", "gitlab-ci.yml, variables, script"})
  void migrateFindsTheChangelogThatVerifyFound(String name, String variables, String scripts)
      throws Exception {
    DeploymentFile file = DeploymentFile.of(name);
    List<String> lines = file.values(scripts).stream().map(Object::toString).toList();
    String verify =
        lines.stream().filter(line -> line.contains(" verify ")).findFirst().orElseThrow();
    assertThat(verify)
        .contains("--liquibase " + value(file, "LIQUIBASE_COMMAND_CHANGELOG_FILE") + " ")
        .endsWith("--search-path " + value(file, "LIQUIBASE_SEARCH_PATH"));

    TestDatabase fresh = H2.database();
    Path checkout = temp.resolve("checkout");
    new LiquibaseTool().layOut(Files.createDirectories(checkout.resolve("src/main/resources")));
    String exports =
        ((Map<?, ?>) file.values(variables).get(0))
            .entrySet().stream()
                .filter(each -> each.getKey().toString().startsWith("LIQUIBASE_"))
                .map(each -> each.getKey() + "='" + each.getValue() + "'")
                .collect(Collectors.joining(" "));
    try (Shell shell =
        new Shell(
            temp.resolve("shell"), checkout, Map.of("liquibase", new LiquibaseTool().program()))) {
      Shell.Result result =
          shell.run(
              "export %s\nexport LIQUIBASE_COMMAND_URL='%s' LIQUIBASE_COMMAND_USERNAME=sa LIQUIBASE_COMMAND_PASSWORD=%s\nliquibase update\n"
                  .formatted(exports, fresh.url(), fresh.password()));
      assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }
    assertThat(Statewave.guard(fresh.dataSource(), "0.6.1").build().check().verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void everyCommandNamesTheSameJar() {
    List<String> jars =
        DeploymentFile.all()
            .filter(file -> !file.name().equals("Dockerfile"))
            .flatMap(
                file ->
                    Pattern.compile("[\\w/-]*schema-guard-cli\\.jar")
                        .matcher(file.text())
                        .results())
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertThat(jars).containsExactly("/opt/schema-guard-cli.jar");
  }

  private static String value(DeploymentFile file, String key) {
    return file.values(key).get(0).toString();
  }

  /** The script of that command on each server. */
  private static List<String> scripts(String command) {
    List<Object> all = new ArrayList<>();
    all.addAll(DeploymentFile.of("github-actions.yml").values("run"));
    all.addAll(DeploymentFile.of("gitlab-ci.yml").values("script"));
    List<String> scripts =
        all.stream()
            .map(Object::toString)
            .filter(script -> script.contains("schema-guard-cli.jar " + command))
            .toList();
    assertThat(scripts).hasSize(2);
    return scripts;
  }

  private Shell.Result run(String script, String database, String version) throws Exception {
    Map<String, Program> programs =
        Map.of(
            "java",
            call ->
                Programs.schemaGuard(
                    new Program.Call(
                        call.folder(),
                        call.arguments().subList(2, call.arguments().size()),
                        call.environment())));
    try (Shell shell = new Shell(temp, release, programs)) {
      return shell.run(
          """
          export SCHEMA_GUARD_URL='%s' SCHEMA_GUARD_USER=sa SCHEMA_GUARD_PASSWORD=%s SCHEMA_GUARD_APP=statewave-%s.jar
          set -eo pipefail
          %s
          """
              .formatted(url(database), password(database), version, script));
    }
  }

  private static String url(String database) {
    return switch (database) {
      case "nine" -> AT_NINE.url();
      case "twelve" -> AT_TWELVE.url();
      case "locked" -> LOCKED.url();
      default -> "jdbc:postgresql://localhost:1/none";
    };
  }

  private static String password(String database) {
    return database.equals("none") ? "x" : AT_NINE.password();
  }
}
