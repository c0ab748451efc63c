// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationStatus;

/** What a wait shows on standard error until its result is there. */
sealed interface WaitReport extends AutoCloseable permits StatusLine, ChangeLines {

  /** Hears of a new state that is waited on. */
  void changed(MigrationStatus status);

  /** Ends it, and leaves the result alone on a terminal. */
  @Override
  void close();
}
