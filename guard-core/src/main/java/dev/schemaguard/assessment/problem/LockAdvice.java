// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.tool.ToolAdvice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Advises what to do about the lock of a migration tool.
 *
 * @param lock the lock that is held; null if none is held, or if it was not looked for
 * @param tool how the tool releases it
 */
record LockAdvice(@Nullable MigrationLock lock, ToolAdvice tool) {

  /** Returns whether a lock is held that a running migration may need. */
  boolean isHeld() {
    return lock != null && !lock.stale();
  }

  /** Returns whether a lock is held that no running migration can need. */
  boolean isStale() {
    return lock != null && lock.stale();
  }

  /** Returns the action for when a migration appears to be running. */
  String waitForMigration() {
    return "wait for the migration that seems to run: " + holder() + " has held the lock" + since();
  }

  /** Returns the action for when no migration is running any more and the lock is still held. */
  String releaseAfterwards() {
    return "if none runs any more, release the lock" + tool.release(held());
  }

  /** Returns the action for a stale lock. */
  String releaseStale() {
    return "the lock that "
        + holder()
        + " has held"
        + since()
        + " is stale: make sure that no migration runs, then release it"
        + tool.release(held());
  }

  private String holder() {
    String holder = held().holder();
    return holder == null ? "an unknown holder" : holder;
  }

  private String since() {
    String since = held().since();
    return since == null ? "" : " since " + since + " (" + held().clock() + ")";
  }

  private MigrationLock held() {
    return Objects.requireNonNull(lock);
  }
}
