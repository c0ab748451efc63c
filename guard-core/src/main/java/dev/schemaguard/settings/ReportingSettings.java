// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.policy.LogFormat;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How problems are worded and logged. Immutable.
 *
 * @param logFormat the form in which problems are logged
 * @param logsRefusals whether a refusal is logged before it is thrown
 * @param quietOnEmbedded whether an in-memory database that was never migrated causes no warning
 * @param keepsRunning whether a refused application keeps running, and serves later
 * @param migration who migrates the database, which determines the advice
 * @param actionWording rewrites the actions of problems; null to leave them unchanged
 */
public record ReportingSettings(
    LogFormat logFormat,
    boolean logsRefusals,
    boolean quietOnEmbedded,
    boolean keepsRunning,
    MigrationOwner migration,
    @Nullable UnaryOperator<String> actionWording) {

  /** The defaults: everything is logged, and something else migrates the database. */
  public static final ReportingSettings DEFAULT =
      new ReportingSettings(
          LogFormat.MULTI_LINE, true, false, false, MigrationOwner.ELSEWHERE, null);

  /** Returns the same settings with another form of the log. */
  public ReportingSettings withLogFormat(LogFormat other) {
    return new ReportingSettings(
        other, logsRefusals, quietOnEmbedded, keepsRunning, migration, actionWording);
  }

  /** Returns the same settings, in which a refusal is logged or not. */
  public ReportingSettings withLogsRefusals(boolean other) {
    return new ReportingSettings(
        logFormat, other, quietOnEmbedded, keepsRunning, migration, actionWording);
  }

  /** Returns the same settings, in which a new in-memory database causes a warning or not. */
  public ReportingSettings withQuietOnEmbedded(boolean other) {
    return new ReportingSettings(
        logFormat, logsRefusals, other, keepsRunning, migration, actionWording);
  }

  /** Returns the same settings, in which a refused application keeps running or not. */
  public ReportingSettings withKeepsRunning(boolean other) {
    return new ReportingSettings(
        logFormat, logsRefusals, quietOnEmbedded, other, migration, actionWording);
  }

  /** Returns the same settings with another owner of the migration. */
  public ReportingSettings withMigration(MigrationOwner other) {
    return new ReportingSettings(
        logFormat, logsRefusals, quietOnEmbedded, keepsRunning, other, actionWording);
  }

  /** Returns the same settings with a function that rewrites the actions of problems. */
  public ReportingSettings withActionWording(UnaryOperator<String> other) {
    return new ReportingSettings(
        logFormat, logsRefusals, quietOnEmbedded, keepsRunning, migration, other);
  }
}
