// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.status.MigrationStatus;
import java.util.concurrent.Semaphore;

/**
 * Whether another version would run on this database: the one question of a page that goes to the
 * database. So it is asked only where somebody decides who may, and only once at a time.
 */
final class OtherVersion {

  private final Semaphore turn = new Semaphore(1);

  /**
   * The status that the version would have, asked now.
   *
   * @throws RequestException if this request may not ask, or not now
   */
  MigrationStatus status(ContextGuard here, SchemaGuard guard, String version) {
    if (!here.isAccessDecided()) {
      throw new RequestException(
          403, "Forbidden", "app-version asks the database: set schema-guard.access first");
    }
    if (!turn.tryAcquire()) {
      throw new RequestException(
          429, "Too Many Requests", "app-version asks the database, and is being asked already");
    }
    try {
      return guard.check(version);
    } finally {
      turn.release();
    }
  }
}
