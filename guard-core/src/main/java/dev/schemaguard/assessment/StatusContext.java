// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.dialect.WriteState;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.status.MigrationLock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a status contains in addition to the verdict.
 *
 * @param application the application's name; null if it has none
 * @param tool the migration tool; empty if it is not known
 * @param migrationTerm what the tool's users call a migration
 * @param migration who migrates the database, which determines the advice
 * @param wasCompatible whether the same guard has found this history compatible before
 * @param database user, host and database, for people; null if none was reached
 * @param lock the lock that was found held; null if there was none, or if it was not looked for
 * @param writes whether the database accepts writes; null if that was not queried
 * @param otherTables tables in a schema without a history that the tool did not create for itself;
 *     empty if there are none, or if they were not looked for
 * @param wording rewrites an action to match the application's configuration; null to leave it
 *     unchanged
 * @param checkedAt when the check began
 * @param duration how long it took
 */
public record StatusContext(
    @Nullable String application,
    String tool,
    String migrationTerm,
    MigrationOwner migration,
    boolean wasCompatible,
    @Nullable String database,
    @Nullable MigrationLock lock,
    @Nullable WriteState writes,
    List<String> otherTables,
    @Nullable UnaryOperator<String> wording,
    Instant checkedAt,
    Duration duration) {

  /** Copies the list. */
  public StatusContext {
    otherTables = List.copyOf(otherTables);
  }

  /** Returns actions in the wording for the users of this application. */
  public List<String> worded(List<String> actions) {
    return wording == null ? actions : actions.stream().map(wording).toList();
  }
}
