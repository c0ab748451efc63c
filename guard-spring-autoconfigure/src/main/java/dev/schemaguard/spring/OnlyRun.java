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
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A run of the application that only asks its databases, and ends the process. */
final class OnlyRun {

  private static final Logger LOG = LoggerFactory.getLogger(OnlyRun.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** Which of several exit codes is told: the command line's order for several databases. */
  private static final List<Verdict> WORST_FIRST =
      List.of(
          Verdict.UNREACHABLE,
          Verdict.UNREADABLE,
          Verdict.UNKNOWN_VERSION,
          Verdict.FAILED,
          Verdict.AHEAD_INCOMPATIBLE,
          Verdict.AHEAD_UNKNOWN,
          Verdict.UNINITIALIZED,
          Verdict.BEHIND);

  private final Startup startup;
  private final SchemaGuards guards;
  private final GuardSettings settings;

  OnlyRun(Startup startup, SchemaGuards guards, GuardSettings settings) {
    this.startup = startup;
    this.guards = guards;
    this.settings = settings;
  }

  /**
   * Asks. If the answer is yes, the process ends here, with exit code 0: the start of an
   * application has no other way to stop well.
   *
   * @throws SchemaGuardStartupException if it is no, or cannot be told
   */
  void run(SchemaGuardProperties.Only only, ConfigurableApplicationContext context) {
    Map<String, MigrationStatus> statuses = startup.step(() -> ask(only));
    statuses.forEach(
        (name, status) ->
            LOG.info("{}{}", name.isEmpty() ? "" : "Database " + name + ": ", status.summary()));
    List<MigrationStatus> bad =
        statuses.values().stream()
            .filter(status -> !status.compatible())
            .sorted(Comparator.comparing(status -> WORST_FIRST.indexOf(status.verdict())))
            .toList();
    if (!bad.isEmpty()) {
      throw startup.callOff(refusal(bad));
    }
    int unused = SpringApplication.exit(context);
    System.exit(0);
  }

  private Map<String, MigrationStatus> ask(SchemaGuardProperties.Only only) {
    return switch (only) {
      case CHECK -> guards.check();
      case WAIT -> guards.await(deadline(), OnlyRun::logWaiting);
    };
  }

  private Duration deadline() {
    Duration longest =
        settings.guards().values().stream()
            .map(GuardProperties::getWaitTimeout)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return longest.isZero() ? LONGEST_WAIT : longest;
  }

  private static void logWaiting(MigrationStatus status) {
    LOG.info("Waiting for the schema: {}", status.summary());
  }

  private static SchemaGuardStartupException refusal(List<MigrationStatus> bad) {
    return new SchemaGuardStartupException(
        bad.get(0).exitCode(),
        bad.stream().map(OnlyRun::description).collect(Collectors.joining("\n\n")),
        bad.stream().map(OnlyRun::advice).collect(Collectors.joining("\n\n")),
        null);
  }

  private static String description(MigrationStatus status) {
    Problem problem = problem(status);
    String name =
        (status.application() == null ? "the application" : status.application())
            + (status.appVersion() == null ? "" : " " + status.appVersion());
    return problem.description(
        status.verdict().isTold()
            ? name + " must not run on this database"
            : "Nobody can tell whether " + name + " may run on this database");
  }

  private static String advice(MigrationStatus status) {
    return problem(status).advice(null);
  }

  private static Problem problem(MigrationStatus status) {
    return Objects.requireNonNull(status.problem());
  }
}
