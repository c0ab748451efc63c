// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static dev.schemaguard.testing.StatewaveRelease.V0_4_0;
import static dev.schemaguard.testing.StatewaveRelease.V0_5_0;
import static dev.schemaguard.testing.StatewaveRelease.V0_6_0;
import static dev.schemaguard.testing.StatewaveRelease.V0_6_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.cli.RealJar;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.StatewaveRelease;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/deploy/rolling-upgrade.sh, run by bash with the executable jar and real Liquibase, while
 * instances of statewave serve requests on real PostgreSQL.
 */
@Tag("full")
@EnabledOnOs(OS.LINUX)
class RollingUpgradeIT {

  private static final Path SCRIPT = Document.root().resolve("docs/deploy/rolling-upgrade.sh");

  private static final Map<String, String> MARKERS =
      Map.of("0009", "0.4.0", "0010", "0.5.0", "0011", "0.6.0", "0012", "0.6.0");

  @TempDir Path temp;

  private final TestDatabase database = Postgres.database();

  @Test
  void rollsFrom040To061AndBackWithoutAFailedRequest() throws Exception {
    try (StatewaveCluster cluster = cluster()) {
      cluster.rollOut("0.4.0");

      succeeds(upgrade(cluster, V0_5_0), cluster);
      Shell.Result staged = upgrade(cluster, V0_6_0);
      succeeds(staged, cluster);
      assertThat(staged.out())
          .contains("0.6.0 replaces the old version before 0011_scope_subject_ref_to_tenant.");
      succeeds(upgrade(cluster, V0_6_1), cluster);
      assertThat(applied()).isEqualTo("12");

      succeeds(back(cluster, "0.6.1 0.6.0"), cluster);
      Shell.Result loss = back(cluster, "0.6.0 0.5.0");
      assertThat(loss.exitCode()).isEqualTo(4);
      assertThat(loss.out()).contains("The undo may lose data.");
      assertThat(applied()).isEqualTo("12");
      succeeds(backWithLoss(cluster, "0.6.0 0.5.0"), cluster);
      assertThat(applied()).isEqualTo("10");
      succeeds(backWithLoss(cluster, "0.5.0 0.4.0"), cluster);
      assertThat(applied()).isEqualTo("9");

      assertThat(cluster.failures()).isEmpty();
      assertThat(cluster.requests()).isGreaterThan(100);
      assertThat(cluster.running()).containsExactly("0.4.0", "0.4.0");
      assertThat(cluster.rollOuts())
          .containsExactly("0.4.0", "0.5.0", "0.6.0", "0.6.1", "0.6.0", "0.5.0", "0.4.0");
    }
  }

  /** 0.6.0 needs a migration that 0.4.0 does not survive. */
  @Test
  void stopsWithTwelveIfItTakesDowntime() throws Exception {
    try (StatewaveCluster cluster = cluster()) {
      cluster.rollOut("0.4.0");

      Shell.Result refused = upgrade(cluster, V0_6_0);

      assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(12);
      assertThat(refused.out()).contains("0.6.0 cannot start before 0010_require_tenant_id");
      assertThat(cluster.failures()).isEmpty();
      assertThat(cluster.running()).containsExactly("0.4.0", "0.4.0");
      assertThat(applied()).isEqualTo("9");

      assertThat(run(cluster, V0_6_0, "ALLOW_DOWNTIME=1 bash " + SCRIPT + " to 0.6.0").exitCode())
          .isZero();
      assertThat(cluster.failures()).isEmpty();
      assertThat(cluster.running()).containsExactly("0.6.0", "0.6.0");
    }
  }

  private static void succeeds(Shell.Result result, StatewaveCluster cluster) {
    assertThat(result.exitCode())
        .as("%s%s%s", result.out(), result.err(), cluster.failures())
        .isZero();
  }

  /** On a database that has the migrations of 0.4.0. */
  private StatewaveCluster cluster() throws Exception {
    Statewave.update(database.dataSource(), V0_4_0.revisions());
    String role = Postgres.role("statewave");
    database.execute(
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role,
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO " + role);
    return new StatewaveCluster(new TestDatabase(database.url(), role, role));
  }

  private String applied() throws Exception {
    return database.value("SELECT count(*) FROM databasechangelog");
  }

  private Shell.Result upgrade(StatewaveCluster cluster, StatewaveRelease release)
      throws Exception {
    return run(cluster, release, "bash " + SCRIPT + " to " + release.version());
  }

  private Shell.Result back(StatewaveCluster cluster, String versions) throws Exception {
    return run(cluster, V0_6_1, "bash " + SCRIPT + " back " + versions);
  }

  private Shell.Result backWithLoss(StatewaveCluster cluster, String versions) throws Exception {
    return run(cluster, V0_6_1, "ALLOW_DATA_LOSS=1 bash " + SCRIPT + " back " + versions);
  }

  private Shell.Result run(StatewaveCluster cluster, StatewaveRelease release, String command)
      throws Exception {
    Path folder = release(release);
    Map<String, Program> programs =
        Map.of(
            "java",
            call ->
                RealJar.run(
                    call.folder(),
                    call.environment(),
                    call.arguments().subList(2, call.arguments().size())),
            "liquibase",
            new LiquibaseTool().program(),
            "kubectl",
            cluster);
    try (Shell shell = new Shell(temp.resolve("shell"), folder, programs)) {
      return shell.run(
          """
          export SCHEMA_GUARD_URL='%s' SCHEMA_GUARD_USER=postgres SCHEMA_GUARD_APP=app
          export LIQUIBASE_COMMAND_URL='%s' LIQUIBASE_COMMAND_USERNAME=postgres
          export LIQUIBASE_COMMAND_CHANGELOG_FILE=db/changelog/db.changelog-master.yaml
          export LIQUIBASE_SEARCH_PATH=.
          %s
          """
              .formatted(database.url(), database.url(), command));
    }
  }

  /** The checkout of a release: its application, and its changelog with requires-app markers. */
  private Path release(StatewaveRelease release) throws IOException {
    Path folder = temp.resolve(release.version());
    Path files = Files.createDirectories(folder.resolve("app/schema-guard"));
    Files.writeString(files.resolve("compatibility.md"), release.document());
    Files.writeString(files.resolve("revisions.txt"), release.revisionChain());
    Files.createDirectories(folder.resolve("app/META-INF"));
    Files.writeString(
        folder.resolve("app/META-INF/MANIFEST.MF"),
        "Manifest-Version: 1.0\nImplementation-Version: " + release.version() + "\n");
    Path changelog = Files.createDirectories(folder.resolve("db/changelog"));
    try (Stream<Path> sources =
        Files.list(Document.root().resolve("changelogs/statewave/db/changelog"))) {
      for (Path source : (Iterable<Path>) sources::iterator) {
        String name = source.getFileName().toString();
        String marker = MARKERS.get(name.substring(0, 4));
        String text = Files.readString(source);
        Files.writeString(
            changelog.resolve(name),
            marker == null
                ? upTo(text, release.revisions())
                : text.replaceFirst("(comment: >-\\s+)", "$1requires-app " + marker + "; "));
      }
    }
    return folder;
  }

  /** The master file with the includes of a release; another file as it is. */
  private static String upTo(String text, int revisions) {
    return text.contains("include:")
        ? text.lines().limit(4 + 3L * revisions).collect(Collectors.joining("\n", "", "\n"))
        : text;
  }
}
