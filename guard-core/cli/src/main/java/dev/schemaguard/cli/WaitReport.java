// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationStatus;

/** Shows the state of a wait on standard error until the result is available. */
sealed interface WaitReport extends AutoCloseable permits StatusLine, ChangeLines {

  /** Reports a new state during the wait. */
  void changed(MigrationStatus status);

  /** Ends the report; on a terminal, only the result remains. */
  @Override
  void close();
}
