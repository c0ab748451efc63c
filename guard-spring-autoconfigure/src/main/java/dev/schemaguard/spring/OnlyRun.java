// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of the application that only checks its databases and then ends the process. */
final class OnlyRun {

  private static final Logger LOG = LoggerFactory.getLogger(OnlyRun.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /**
   * The order that decides which of several exit codes is used; it is the command line's order for
   * several databases.
   */
  private static final List<Verdict> WORST_FIRST =
      List.of(
          Verdict.UNREACHABLE,
          Verdict.UNREADABLE,
          Verdict.UNKNOWN_VERSION,
          Verdict.FAILED,
          Verdict.AHEAD_INCOMPATIBLE,
          Verdict.AHEAD_UNKNOWN,
          Verdict.UNINITIALIZED,
          Verdict.BEHIND,
          Verdict.DRIFTED);

  private final Startup startup;
  private final SchemaGuards guards;
  private final BoundSettings settings;

  OnlyRun(Startup startup, SchemaGuards guards, BoundSettings settings) {
    this.startup = startup;
    this.guards = guards;
    this.settings = settings;
  }

  /**
   * Runs the checks. If all databases are compatible, the process ends here, with exit code 0.
   *
   * @throws SchemaGuardStartupException if one is incompatible, or its state is unknown
   */
  void run() {
    Map<String, MigrationStatus> statuses = startup.check(this::ask);
    statuses.forEach(
        (name, status) ->
            LOG.info("{}{}", name.isEmpty() ? "" : "Database " + name + ": ", status.summary()));
    List<Map.Entry<String, MigrationStatus>> bad =
        statuses.entrySet().stream()
            .filter(entry -> !entry.getValue().compatible())
            .sorted(Comparator.comparing(OnlyRun::rank))
            .toList();
    if (!bad.isEmpty()) {
      throw startup.callOff(refusal(bad));
    }
    startup.end();
  }

  private Map<String, MigrationStatus> ask() {
    return switch (Objects.requireNonNull(settings.application().getOnly())) {
      case CHECK -> guards.check();
      case WAIT -> guards.await(deadline(), OnlyRun::logWaiting);
    };
  }

  private Duration deadline() {
    Duration longest =
        settings.guards().values().stream()
            .map(GuardProperties::getWaitTimeout)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return longest.isZero() ? LONGEST_WAIT : longest;
  }

  private static void logWaiting(MigrationStatus status) {
    LOG.info("Waiting for the schema: {}", status.summary());
  }

  private static int rank(Map.Entry<String, MigrationStatus> entry) {
    return WORST_FIRST.indexOf(entry.getValue().verdict());
  }

  private static SchemaGuardStartupException refusal(List<Map.Entry<String, MigrationStatus>> bad) {
    return new SchemaGuardStartupException(
        bad.get(0).getValue().exitCode(),
        bad.stream()
            .map(entry -> description(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("\n\n")),
        bad.stream()
            .map(entry -> problem(entry.getValue()).advice(null))
            .collect(Collectors.joining("\n\n")),
        null);
  }

  private static String description(String guard, MigrationStatus status) {
    String name =
        (status.application() == null ? "the application" : status.application())
            + (status.appVersion() == null ? "" : " " + status.appVersion());
    String database = guard.isEmpty() ? "this database" : "database " + guard;
    return problem(status)
        .description(
            status.verdict().isKnown()
                ? name + " must not run on " + database
                : "It is unknown whether " + name + " may run on " + database);
  }

  private static Problem problem(MigrationStatus status) {
    return Objects.requireNonNull(status.problem());
  }
}
