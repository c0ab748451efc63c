// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.StatusContext;
import dev.schemaguard.dialect.WriteState;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.tool.ToolAdvice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Advises how to run the migrations, by who runs them and by whether the server takes writes.
 *
 * @param tool the advice for the users of the tool
 * @param lock the advice on the tool's lock
 */
record MigrateAdvice(StatusContext context, ToolAdvice tool, LockAdvice lock) {

  /** Returns the actions to migrate, unless a migration has run or is running already. */
  List<String> actions(String afterOwnMigrator) {
    List<String> actions = new ArrayList<>();
    MigrationOwner migration = context.migration();
    boolean own = migration.byApplication();
    String migrate = tool.migrate();
    if (migration.hint() != null) {
      actions.add(migration.hint());
    }
    if (readOnly() != null) {
      actions.addAll(reachWritable(readOnly()));
    } else if (lock.isStale()) {
      actions.add(lock.releaseStale() + (own ? "" : "; then " + migrate));
    } else if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
      actions.add(lock.releaseAfterwards() + ", then " + migrate);
    } else if (!own) {
      actions.add(migrate + " on this database, then start again");
    }
    if (own) {
      actions.add(OwnMigratorAdvice.of(migration, tool, afterOwnMigrator));
    }
    return actions;
  }

  /**
   * Returns the actions for a server on which a migration cannot write, and for a replica that may
   * still receive the migration.
   */
  private List<String> reachWritable(WriteState writes) {
    boolean replica = writes.limit() == WriteState.Limit.REPLICA;
    List<String> actions = new ArrayList<>();
    if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
    }
    if (replica) {
      actions.add("wait until the replica has caught up, if the primary server is migrated");
    }
    actions.add(writes.action());
    if (!context.migration().byApplication()) {
      actions.add(
          replica
              ? tool.migrate() + " on the primary server, if it is not migrated"
              : "once it takes writes, " + tool.migrate() + " on this database, then start again");
    }
    return actions;
  }

  /** Returns why the server accepts no writes; null if it does, or if that is not known. */
  @Nullable WriteState readOnly() {
    WriteState writes = context.writes();
    return writes == null || writes.takesWrites() ? null : writes;
  }

  /** Returns the part of a cause that says that the server takes no writes; empty if it does. */
  String takesNoWrites() {
    return readOnly() == null ? "" : "; the server takes no writes: " + readOnly().reason();
  }
}
