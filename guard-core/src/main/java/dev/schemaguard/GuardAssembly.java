// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.AssessmentTarget;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.check.Check;
import dev.schemaguard.check.CheckResult;
import dev.schemaguard.check.Database;
import dev.schemaguard.check.DatabaseCheck;
import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.check.HistoryCheck;
import dev.schemaguard.check.StructureCheck;
import dev.schemaguard.check.tenants.TenantStructures;
import dev.schemaguard.check.tenants.TenantsCheck;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.monitor.ChangeReport;
import dev.schemaguard.monitor.LiveStatus;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.ApplicationSettings;
import dev.schemaguard.settings.GuardSettings;
import dev.schemaguard.settings.HistorySettings;
import dev.schemaguard.settings.TimingSettings;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.tenants.TenantProgress;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.tool.ManyHistories;
import dev.schemaguard.tool.Tools;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the parts of a guard: the matrix, and the readers and checks of its history.
 *
 * <p>What every guard runs is written without lambdas, because the first one slows down the first
 * check of a JVM.
 *
 * @param settings the settings in force
 * @param matrix the matrix that databases are compared with
 */
record GuardAssembly(GuardSettings settings, CompatibilityMatrix matrix) {

  /** Compares a history with the chain. */
  private record MayBeOurs(CompatibilityMatrix matrix) implements Predicate<History> {
    @Override
    public boolean test(History history) {
      return Assessor.mayBeOurs(matrix, history);
    }
  }

  /** The checks in the background. */
  private record Refreshes(Check check, Assessor assessor, Duration timeout)
      implements LiveStatus.Source {
    @Override
    public CheckResult ask(@Nullable CheckResult last) {
      return check.refresh(assessor, timeout, last);
    }

    @Override
    public MigrationStatus unanswered(String reason) {
      return check.unreachable(
          assessor, new ConnectionFailure(ConnectionFailure.Kind.INTERRUPTED, reason));
    }
  }

  /**
   * Returns the assembly for settings as they were set.
   *
   * @throws ConfigurationException if there is neither a matrix nor a chain, or if a setting is
   *     invalid
   */
  static GuardAssembly of(GuardSettings set) {
    CompatibilityMatrix matrix = matrix(set.application());
    return new GuardAssembly(set.inForce(matrix), matrix);
  }

  private static CompatibilityMatrix matrix(ApplicationSettings application) {
    if (application.matrix() != null) {
      return application.matrix();
    }
    if (application.classLoader() != null) {
      return BundledFiles.in(application.classLoader());
    }
    Optional<CompatibilityMatrix> bundled = CompatibilityMatrix.bundled();
    return bundled.isPresent() ? bundled.get() : BundledFiles.ofCaller();
  }

  /**
   * Returns the assessor of a version, which is either the application's own or another one.
   *
   * @param version the version; null if the application has none
   * @throws ConfigurationException if that version's row cannot be resolved
   */
  Assessor assessor(@Nullable String version) {
    boolean own = Objects.equals(version, settings.application().version());
    return new Assessor(
        matrix,
        new AssessmentTarget(
            version, own, settings.policy().accepted(), settings.application().name()));
  }

  /** Returns the status that is refreshed in the background. */
  LiveStatus liveStatus(
      Check check, Assessor assessor, GuardThreads threads, ChangeReport changes) {
    TimingSettings timing = settings.timing();
    return new LiveStatus(
        new Refreshes(check, assessor, timing.timeout()),
        timing.refreshInterval(),
        timing.timeout(),
        threads,
        changes);
  }

  /** Returns the check of the history, or of the tenants' histories. */
  Check check(DataSource dataSource, GuardThreads threads) {
    Database database = new Database(dataSource);
    HistorySettings history = settings.history();
    Tenants tenants = history.tenants();
    return tenants == null
        ? new DatabaseCheck(database, historyCheck(reader(), false))
        : tenantsCheck(database, tenants, threads);
  }

  private Check tenantsCheck(Database database, Tenants tenants, GuardThreads threads) {
    HistorySettings history = settings.history();
    CustomHistoryTable customTable = history.customTable();
    TenantProgress progress = history.tenantProgress();
    return new TenantsCheck(
        database,
        tenants,
        schema ->
            schema == null
                ? historyCheck(reader(), false)
                : historyCheck(reader(history.location().in(schema)), true),
        customTable == null
            ? ManyHistories.of(tool(), history.location())
            : ManyHistories.of(customTable),
        progress == null ? (assessed, all) -> {} : progress,
        threads.named("tenants"),
        new TenantStructures(matrix, settings.policy().structure() != Mode.Structure.OFF),
        settings.reporting().migration().byApplication());
  }

  /**
   * Returns the check of a history.
   *
   * @param ofTenant whether it is in the schema of a tenant
   */
  private HistoryCheck historyCheck(HistoryReader reader, boolean ofTenant) {
    return new HistoryCheck(
        reader,
        settings.application().name(),
        settings.reporting().migration(),
        settings.history().assumeNew(),
        new StructureCheck(
            settings.policy().structure() != Mode.Structure.OFF,
            settings.policy().structure() == Mode.Structure.ENFORCE,
            ofTenant),
        settings.reporting().actionWording());
  }

  private HistoryReader reader() {
    HistoryReader own = settings.history().reader();
    return own != null ? own : reader(settings.history().location());
  }

  private HistoryReader reader(HistoryLocation location) {
    CustomHistoryTable customTable = settings.history().customTable();
    return customTable == null
        ? Tools.reader(tool(), location, new MayBeOurs(matrix))
        : Tools.reader(customTable, location);
  }

  /** Returns the tool. The revisions of a Liquibase chain are not in any other tool's history. */
  private Tool tool() {
    Tool tool = settings.history().tool();
    Optional<RevisionChain> chain = matrix.chain();
    return tool == Tool.AUTO && chain.isPresent() && chain.get().holdsChangesets()
        ? Tool.LIQUIBASE
        : tool;
  }
}
