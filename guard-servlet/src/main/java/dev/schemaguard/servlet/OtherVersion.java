// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.status.MigrationStatus;
import java.util.concurrent.Semaphore;

/**
 * Determines whether another version could run on this database. This is the only request to a page
 * that queries the database. It is therefore allowed only if an {@link Access} decides who may
 * read, and runs only once at a time.
 */
final class OtherVersion {

  private final Semaphore turn = new Semaphore(1);

  /**
   * Returns the status that the version would have, queried now.
   *
   * @throws RequestException if this request may not query the database, or another query is
   *     running
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
