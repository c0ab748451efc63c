// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TaggedPools;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar beside two versions that are running. */
class FleetIT {

  @TempDir static Path temp;

  private static final TaggedPools POOLS = new TaggedPools();
  private static TestDatabase database;

  @BeforeAll
  static void connect() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("src/main/resources/schema-guard"));
    for (String name : new String[] {"compatibility.md", "revisions.txt"}) {
      Files.writeString(folder.resolve(name), Statewave.resource("statewave/schema-guard/" + name));
    }
    database = Postgres.database();
    Statewave.update(database.dataSource(), 9);
    try (SchemaGuard guard = Statewave.guard(database.dataSource(), "0.6.1").build()) {
      Patience.until(
          "the migrator is gone from the server, too",
          Duration.ofSeconds(20),
          () -> guard.connectedVersions().isKnown() && guard.connectedVersions().untagged() == 0);
    }
    POOLS.statewave(database, "0.6.0", 3).statewave(database, "0.5.0", 1);
  }

  @AfterAll
  static void disconnect() {
    POOLS.close();
  }

  private static CliProcess.Result run(String... arguments) throws Exception {
    return new CliProcess()
        .in(temp)
        .environment("SCHEMA_GUARD_URL", database.url())
        .environment("SCHEMA_GUARD_USER", database.user())
        .run(arguments);
  }

  @Test
  void fleetListsTheVersionsAndLeavesItselfOut() throws Exception {
    CliProcess.Result result = run("fleet");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            statewave 0.5.0  1 connection
            statewave 0.6.0  3 connections
            untagged  0 connections
            """);
  }

  @Test
  void fleetNeedsNeitherAMatrixNorAProject(@TempDir Path elsewhere) throws Exception {
    CliProcess.Result result =
        new CliProcess()
            .in(elsewhere)
            .run("fleet", "--url", database.url(), "--user", database.user());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("statewave 0.5.0  1 connection\n");
  }

  @Test
  void fleetEndsWithEightWhereNothingCanBeSeen() throws Exception {
    CliProcess.Result result =
        run("fleet", "--url", "jdbc:h2:mem:none", "--user", "sa", "--format", "json");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(8);
    assertThat(result.out())
        .contains("\"instances\": null")
        .contains("\"not_seen\": \"connections cannot be distinguished on h2\"");
  }

  @Test
  void preflightSaysWhatMustWaitUntilWhichVersionIsGone() throws Exception {
    CliProcess.Result result = run("preflight", "--app-version", "0.6.1");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .endsWith(
            """
              lock       none seen
              running    0.5.0, 1 connection: 0010_require_tenant_id must wait until it is gone, because it is unknown whether this version survives it
                         0.6.0, 3 connections: survives all that is pending
              safe up to none of them yet
              careful    after this migration these versions cannot restart: 0.5.0, 0.4.0, 0.3.0, 0.2.0, 0.1.0
            ✔ GO: 3 to apply, then this version runs
            """);
  }

  @Test
  void preflightStopsAPipelineThatRespectsThem() throws Exception {
    CliProcess.Result result = run("preflight", "--app-version", "0.6.1", "--respect-running");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(11);
    assertThat(result.out())
        .contains("stop these instances, migrate, then start this version")
        .endsWith(
            "✖ NO-GO: 0010_require_tenant_id must wait until 0.5.0 is gone, because it is unknown"
                + " whether 0.5.0 survives it\n");
  }

  @Test
  void theVariableAsksForTheSame() throws Exception {
    assertThat(respecting("yes").exitCode()).isEqualTo(11);
    assertThat(respecting("0").exitCode()).isZero();
    assertThat(respecting("maybe").err())
        .contains("--respect-running", "'maybe' is neither yes nor no");
  }

  private static CliProcess.Result respecting(String value) throws Exception {
    return new CliProcess()
        .in(temp)
        .environment("SCHEMA_GUARD_URL", database.url())
        .environment("SCHEMA_GUARD_USER", database.user())
        .environment("SCHEMA_GUARD_RESPECT_RUNNING", value)
        .run("preflight", "--app-version", "0.6.1");
  }
}
