// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The executable jar on tenants of one PostgreSQL. */
class TenantsIT {

  @TempDir static Path temp;

  private static TestDatabase database;

  @BeforeAll
  static void tenants() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("src/main/resources/schema-guard"));
    for (String name : new String[] {"compatibility.md", "revisions.txt"}) {
      Files.writeString(folder.resolve(name), Statewave.resource("statewave/schema-guard/" + name));
    }
    database = Postgres.database();
    database.execute("CREATE SCHEMA original", "CREATE TABLE tenants (name text)");
    Statewave.update(
        database.withUrl(database.url() + "?currentSchema=original").dataSource(),
        Statewave.REVISIONS);
    for (int i = 0; i < 30; i++) {
      tenant("t_%02d".formatted(i), 12);
    }
    tenant("odd_behind", 11);
    tenant("odd_compatible", 10);
    database.execute(
        "CREATE SCHEMA fresh_one", "INSERT INTO tenants VALUES ('t_00'), ('odd_behind')");
  }

  private static void tenant(String name, int revisions) throws SQLException {
    database.execute(
        "CREATE SCHEMA " + name,
        ("CREATE TABLE %s.databasechangelog AS SELECT * FROM original.databasechangelog"
                + " WHERE orderexecuted <= %d")
            .formatted(name, revisions));
  }

  private static CliProcess.Result run(String command, String... more) throws Exception {
    String[] arguments = new String[more.length + 7];
    arguments[0] = command;
    arguments[1] = "--url";
    arguments[2] = database.url();
    arguments[3] = "--user";
    arguments[4] = database.user();
    arguments[5] = "--app-version";
    arguments[6] = "0.6.1";
    System.arraycopy(more, 0, arguments, 7, more.length);
    return new CliProcess()
        .in(temp)
        .environment("SCHEMA_GUARD_PASSWORD", database.password())
        .run(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check     | t\\_%              | 0",
        "check     | t\\_%,odd\\_behind | 3",
        "check     | odd\\_%,fresh\\_%  | 7",
        "check     | nobody             | 2",
        "check     | t\\_%,nobody%      | 2",
        "check     | ''                 | 2",
        "check     | t\\_%,             | 2",
        "preflight | odd\\_%            | 0",
        "preflight | nobody%            | 2",
        "status    | odd\\_%            | 0",
        "wait      | t\\_%              | 0",
        "wait      | nobody%            | 2",
      })
  void endsWithTheCodeOfTheWorst(String command, String patterns, int exitCode) throws Exception {
    CliProcess.Result result = run(command, "--schemas", patterns, "--timeout", "10s");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
  }

  @Test
  void namesTheTenantThatDiffers() throws Exception {
    CliProcess.Result result = run("check", "--schemas", "t\\_%", "--schemas", "odd\\_behind");

    assertThat(result.out().lines().toList())
        .startsWith(
            "✖ 1 of 31 tenants is not compatible",
            "tenants   31: 1 BEHIND, 30 UP_TO_DATE",
            "  odd_behind BEHIND  1 pending migration(s): 0011_scope_subject_ref_to_tenant →"
                + " 0012_add_health_cache")
        .contains("why       in odd_behind: 0012_add_health_cache is required and not applied");
  }

  @Test
  void tellsAllOfThemToPrograms() throws Exception {
    CliProcess.Result result = run("check", "--schemas", "%t\\_%,odd\\_%", "--format", "json");

    assertThat(result.out())
        .startsWith("{\n  \"tenants\": 32,\n  \"by_verdict\": {\n    \"BEHIND\": 2,\n")
        .contains(
            "\"worst\": [\n    {\n      \"tenant\": \"odd_behind\",\n      \"verdict\": \"BEHIND\"");
  }

  @Test
  void takesTheSchemasFromAQuery() throws Exception {
    CliProcess.Result result = run("check", "--schemas-from", "SELECT name FROM public.tenants");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).contains("tenants   2: 1 BEHIND, 1 UP_TO_DATE");
  }

  @Test
  void anEmptyQueryIsAnError() throws Exception {
    CliProcess.Result result = run("check", "--schemas-from", "");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'' is not one SELECT");
  }

  @Test
  void aPatternAndASchemaTogetherAreAnError() throws Exception {
    CliProcess.Result result = run("check", "--schemas", "t%", "--schema", "public");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .containsPattern("where +--schemas\\n")
        .contains("--schema is set as well: tenants and the one schema 'public'");
  }
}
