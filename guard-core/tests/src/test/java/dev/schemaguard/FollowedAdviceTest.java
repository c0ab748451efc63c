// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static dev.schemaguard.testing.StatewaveRelease.V0_4_0;
import static dev.schemaguard.testing.StatewaveRelease.V0_5_0;
import static dev.schemaguard.testing.StatewaveRelease.V0_6_0;
import static dev.schemaguard.testing.StatewaveRelease.V0_6_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.connections.ConnectionTag;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.RunningVersion;
import dev.schemaguard.preflight.UpgradeTolerance;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.StatewaveRelease;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A rolling upgrade of statewave from 0.4.0 to 0.6.1 on real PostgreSQL, by the advice of each
 * release's own jar: its instances are connected and do the work of their release at every step.
 * Whoever follows the advice breaks none of them; whoever does not breaks those that it named.
 */
@Tag("full")
class FollowedAdviceTest {

  private static final Map<String, String> FLOORS =
      Map.of(
          "0009_add_rate_limit_table", "0.4.0",
          "0010_require_tenant_id", "0.5.0",
          "0011_scope_subject_ref_to_tenant", "0.6.0",
          "0012_add_health_cache", "0.6.0");

  /** The schema of 0.4.0, at 0008. */
  private static TestDatabase template;

  private final TestDatabase database = Postgres.copy(template);
  private final List<Instance> connectedVersions = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private final Set<Verdict> restarts = EnumSet.noneOf(Verdict.class);
  private Function<StatewaveRelease, SchemaGuardBuilder> jars =
      release -> release.guard(database.dataSource());

  /** An instance as the database sees it: one connection with the mark of its release. */
  private record Instance(StatewaveRelease release, HikariDataSource pool) {

    static Instance start(StatewaveRelease release, TestDatabase database) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(database.url());
      config.setUsername(database.user());
      config.setMaximumPoolSize(1);
      ConnectionTag.of("statewave", release.version())
          .properties(database.url())
          .forEach(config::addDataSourceProperty);
      return new Instance(release, new HikariDataSource(config));
    }

    void work() throws SQLException {
      try (Connection connection = pool.getConnection()) {
        release.work(connection);
      }
    }
  }

  @BeforeAll
  static void prepare() {
    template = Postgres.database();
    Statewave.update(template.dataSource(), 8);
  }

  @AfterEach
  void disconnect() {
    connectedVersions.forEach(instance -> instance.pool().close());
  }

  private void start(StatewaveRelease release) {
    connectedVersions.add(Instance.start(release, database));
  }

  private void stop(Instance instance) {
    connectedVersions.remove(instance);
    instance.pool().close();
    Patience.until(
        "the server has noticed",
        Duration.ofSeconds(20),
        () -> connections(instance.release()) == running(instance.release()).size());
  }

  private int connections(StatewaveRelease release) {
    try (SchemaGuard guard = jars.apply(release).build()) {
      return guard.connectedVersions().instances().stream()
          .filter(seen -> seen.tag().version().equals(release.version()))
          .mapToInt(ConnectedVersions.Instances::connections)
          .sum();
    }
  }

  private List<Instance> running(StatewaveRelease release) {
    return connectedVersions.stream().filter(instance -> instance.release() == release).toList();
  }

  private Preflight preflight(StatewaveRelease next) {
    try (SchemaGuard guard = jars.apply(next).build()) {
      Preflight advice = guard.preflight();
      assertThat(advice.go()).as(advice.reason()).isTrue();
      assertThat(advice.running()).as("the fleet is seen").isNotNull();
      return advice;
    }
  }

  /** What the jar of a release says, were an instance of it to start now. */
  private MigrationStatus check(StatewaveRelease release) {
    try (SchemaGuard guard = jars.apply(release).build()) {
      return guard.check();
    }
  }

  /** Does what the advice says, and asks again, until two instances run and nothing is pending. */
  private List<String> deploy(StatewaveRelease next, LiquibaseRun migrator) {
    Preflight first = preflight(next);
    for (Preflight advice = first; ; advice = preflight(next)) {
      List<String> pending = advice.status().pendingRevisions();
      boolean alone = connectedVersions.isEmpty() && !pending.isEmpty();
      String upTo = alone ? pending.get(pending.size() - 1) : advice.safeUpTo();
      if (upTo != null) {
        migrator.update(pending.indexOf(upTo) + 1);
        tell("migrate to " + upTo);
      } else if (running(next).isEmpty() && check(next).compatible()) {
        start(next);
        start(next);
        tell("start " + next.version());
      } else if (!pending.isEmpty()) {
        stopThoseFor(pending.get(0), advice);
      } else {
        return first.cannotRestart();
      }
      everybodyWorks(first.cannotRestart());
    }
  }

  /** Stops the instances that a migration must wait for. */
  private void stopThoseFor(String migration, Preflight advice) {
    int before = connectedVersions.size();
    for (RunningVersion version : Objects.requireNonNull(advice.running())) {
      if (tolerance(version).stopsAt().filter(migration::equals).isPresent()) {
        List.copyOf(connectedVersions).stream()
            .filter(instance -> instance.release().version().equals(version.version()))
            .forEach(this::stop);
        tell("stop " + version.version() + ", " + migration + " waits");
      }
    }
    assertThat(connectedVersions).as("an instance holds up " + migration).hasSizeLessThan(before);
  }

  private static UpgradeTolerance tolerance(RunningVersion version) {
    return Objects.requireNonNull(version.tolerance());
  }

  private void tell(String step) {
    story.add(connectedVersions.isEmpty() ? step + ": no instance runs" : step);
  }

  /** Every instance does its work, and could restart unless the advice has said that it cannot. */
  private void everybodyWorks(List<String> cannotRestart) {
    for (Instance instance : connectedVersions) {
      String version = instance.release().version();
      assertThatCode(instance::work).as(version + " after " + story).doesNotThrowAnyException();
      MigrationStatus own = check(instance.release());
      boolean named = cannotRestart.stream().anyMatch(label -> label.startsWith(version));
      assertThat(own.compatible() || (named && own.verdict() == Verdict.AHEAD_UNKNOWN))
          .as("%s after %s: %s", version, story, own.summary())
          .isTrue();
      restarts.add(own.verdict());
    }
  }

  private void upgradeWithoutAPause(LiquibaseRun migrator) {
    start(V0_4_0);
    start(V0_4_0);
    everybodyWorks(List.of());

    assertThat(deploy(V0_5_0, migrator)).containsExactly("0.4.0 (unless it reads this matrix)");
    assertThat(deploy(V0_6_0, migrator)).containsExactly("0.4.0", "0.5.0");
    assertThat(deploy(V0_6_1, migrator)).isEmpty();

    assertThat(story)
        .containsExactly(
            "migrate to 0009_add_rate_limit_table",
            "start 0.5.0",
            "stop 0.4.0, 0010_require_tenant_id waits",
            "migrate to 0010_require_tenant_id",
            "start 0.6.0",
            "stop 0.5.0, 0011_scope_subject_ref_to_tenant waits",
            "migrate to 0012_add_health_cache",
            "start 0.6.1");
  }

  @Test
  void followedItBreaksNobodyAndThoseItNamesCannotRestart() {
    upgradeWithoutAPause(Statewave.run(database.dataSource()));

    assertThat(restarts).contains(Verdict.AHEAD_UNKNOWN);
  }

  @Test
  void followedWithFloorMarkersEverybodyCanRestartAtEveryStep() {
    upgradeWithoutAPause(Statewave.marked(database.dataSource(), FLOORS));

    assertThat(restarts)
        .containsOnly(Verdict.UP_TO_DATE, Verdict.BEHIND_COMPATIBLE, Verdict.AHEAD_COMPATIBLE);
  }

  /** Without a Max nobody has said that an older version survives anything. */
  @Test
  void followedWithAMatrixThatNamesNoMaxItStopsTheOldBeforeTheNew() {
    jars = release -> Statewave.guard(database.dataSource(), release.version());
    LiquibaseRun migrator = Statewave.run(database.dataSource());
    start(V0_4_0);
    everybodyWorks(List.of());

    deploy(V0_5_0, migrator);
    deploy(V0_6_0, migrator);
    deploy(V0_6_1, migrator);

    assertThat(story)
        .containsExactly(
            "stop 0.4.0, 0009_add_rate_limit_table waits: no instance runs",
            "migrate to 0009_add_rate_limit_table: no instance runs",
            "start 0.5.0",
            "stop 0.5.0, 0010_require_tenant_id waits: no instance runs",
            "migrate to 0012_add_health_cache: no instance runs",
            "start 0.6.0",
            "start 0.6.1");
    assertThat(restarts).containsOnly(Verdict.UP_TO_DATE);
  }

  /** What each release meets at each revision, in work and by its own jar. */
  private static final String IGNORED =
      """
      0008  0.4.0 works UP_TO_DATE            0.5.0 42P01 BEHIND              0.6.0 23502 BEHIND             0.6.1 23502 BEHIND
      0009  0.4.0 works AHEAD_COMPATIBLE      0.5.0 works UP_TO_DATE          0.6.0 23502 BEHIND             0.6.1 23502 BEHIND
      0010  0.4.0 23502 AHEAD_INCOMPATIBLE    0.5.0 works AHEAD_COMPATIBLE    0.6.0 works BEHIND_COMPATIBLE  0.6.1 42P01 BEHIND
      0011  0.4.0 42P10 AHEAD_INCOMPATIBLE    0.5.0 42P10 AHEAD_INCOMPATIBLE  0.6.0 works BEHIND_COMPATIBLE  0.6.1 42P01 BEHIND
      0012  0.4.0 42P10 AHEAD_INCOMPATIBLE    0.5.0 42P10 AHEAD_INCOMPATIBLE  0.6.0 works UP_TO_DATE         0.6.1 works UP_TO_DATE
      """;

  @Test
  void ignoredItBreaksThoseThatItNamedWhereItSaid() throws SQLException {
    LiquibaseRun migrator = Statewave.marked(database.dataSource(), FLOORS);
    for (StatewaveRelease release : StatewaveRelease.values()) {
      start(release);
    }
    assertThat(Objects.requireNonNull(preflight(V0_6_1).running()))
        .extracting(RunningVersion::version, version -> tolerance(version).stopsAt().orElse(""))
        .containsExactly(
            tuple("0.4.0", "0010_require_tenant_id"),
            tuple("0.5.0", "0011_scope_subject_ref_to_tenant"),
            tuple("0.6.0", ""),
            tuple("0.6.1", ""));

    List<String> met = new ArrayList<>();
    for (int revision = 8; revision <= Statewave.REVISIONS; revision++) {
      StringBuilder line = new StringBuilder("%04d".formatted(revision));
      for (Instance instance : connectedVersions) {
        MigrationStatus own = check(instance.release());
        String work = outcome(instance);
        line.append(" %s %s %s".formatted(instance.release().version(), work, own.verdict()));
        assertThat(own.compatible()).as(line.toString()).isEqualTo(work.equals("works"));
      }
      met.add(line.toString());
      migrator.update(1);
    }

    assertThat(met)
        .containsExactlyElementsOf(IGNORED.lines().map(l -> l.replaceAll(" +", " ")).toList());
  }

  /** The state of the SQL error that the work of an instance ends with. */
  private static String outcome(Instance instance) {
    try {
      instance.work();
      return "works";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
