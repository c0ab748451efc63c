// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.tenants.TenantProgress;
import dev.schemaguard.tenants.Tenants;
import org.jspecify.annotations.Nullable;

/**
 * Where the history is that is checked. Immutable.
 *
 * @param reader the application's own reader, which makes tool, table and location irrelevant; null
 *     means that of the tool
 * @param tool the tool that migrates the database
 * @param customTable the table of a tool that is not supported; null if the tool is a supported one
 * @param location the names of the history's tables and its schema
 * @param tenants the tenants, each with a history of its own; null if there is one history
 * @param tenantProgress hears of the progress of a check of tenants; null if nothing does
 * @param assumeNew whether a database without a history of this application counts as new, whatever
 *     other histories it has
 */
public record HistorySettings(
    @Nullable HistoryReader reader,
    Tool tool,
    @Nullable CustomHistoryTable customTable,
    HistoryLocation location,
    @Nullable Tenants tenants,
    @Nullable TenantProgress tenantProgress,
    boolean assumeNew) {

  /** The defaults: one history in the current schema, of the tool whose table exists. */
  public static final HistorySettings DEFAULT =
      new HistorySettings(null, Tool.AUTO, null, HistoryLocation.DEFAULT, null, null, false);

  private static final String ASSUME_NEW_VARIABLE = "SCHEMA_GUARD_ASSUME_NEW";

  /** Returns the same settings with the application's own reader. */
  public HistorySettings withReader(HistoryReader other) {
    return new HistorySettings(
        other, tool, customTable, location, tenants, tenantProgress, assumeNew);
  }

  /** Returns the same settings with another tool. */
  public HistorySettings withTool(Tool other) {
    return new HistorySettings(
        reader, other, customTable, location, tenants, tenantProgress, assumeNew);
  }

  /** Returns the same settings with the table of a tool that is not supported. */
  public HistorySettings withCustomTable(CustomHistoryTable other) {
    return new HistorySettings(reader, tool, other, location, tenants, tenantProgress, assumeNew);
  }

  /** Returns the same settings with another location. */
  public HistorySettings withLocation(HistoryLocation other) {
    return new HistorySettings(
        reader, tool, customTable, other, tenants, tenantProgress, assumeNew);
  }

  /** Returns the same settings with tenants. */
  public HistorySettings withTenants(Tenants other) {
    return new HistorySettings(
        reader, tool, customTable, location, other, tenantProgress, assumeNew);
  }

  /** Returns the same settings with a listener for the progress of a check of tenants. */
  public HistorySettings withTenantProgress(TenantProgress other) {
    return new HistorySettings(reader, tool, customTable, location, tenants, other, assumeNew);
  }

  /** Returns the same settings, in which the database counts as new or not. */
  public HistorySettings withAssumeNew(boolean other) {
    return new HistorySettings(reader, tool, customTable, location, tenants, tenantProgress, other);
  }

  /**
   * Returns these settings with the variable {@code SCHEMA_GUARD_ASSUME_NEW} applied.
   *
   * @throws ConfigurationException if settings contradict each other, which only shows once all of
   *     them are set
   */
  HistorySettings inForce(EnvironmentVariables variables) {
    requireConsistent();
    String value = variables.value(ASSUME_NEW_VARIABLE);
    return value == null || value.isBlank()
        ? this
        : withAssumeNew(
            Flag.isOn(
                ASSUME_NEW_VARIABLE,
                value,
                "a new database; to 0, false, f, no, n or off for any other"));
  }

  /** Returns whether the tenants are schemas, and not databases that may have the same schema. */
  private static boolean areSchemas(Tenants tenants) {
    return tenants instanceof Tenants.Matching || tenants instanceof Tenants.Queried;
  }

  private void requireConsistent() {
    if (tenants != null && (reader != null || (location.schema() != null && areSchemas(tenants)))) {
      throw new ConfigurationException(
          "tenants",
          reader == null
              ? "the schema " + location.schema() + " and tenants are named both"
              : "a history reader of the application's own reads one history",
          "Name the tenants alone, or one schema.");
    }
    if (reader == null && customTable != null && tool != Tool.AUTO && tool != Tool.TABLE) {
      throw new ConfigurationException(
          "tool",
          "the table " + customTable.table() + " is described, and the tool is " + tool,
          "Set tool to table, or leave customTable(…) out.");
    }
  }
}
