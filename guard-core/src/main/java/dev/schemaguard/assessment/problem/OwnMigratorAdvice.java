// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.tool.ToolAdvice;

/** Advises what to do if the application migrates itself and migrations are still missing. */
final class OwnMigratorAdvice {

  private OwnMigratorAdvice() {}

  /**
   * Returns the advice, which depends on what the application's migrator has done.
   *
   * @param result what it did if it ran: {@code recorded nothing here: …}
   */
  static String of(MigrationOwner migration, ToolAdvice tool, String result) {
    String settings = migration.settings() == null ? "" : " (" + migration.settings() + ")";
    return switch (migration.run()) {
      case COMPLETED -> "this application's migrator ran" + settings + " and " + result;
      case DISABLED ->
          "this application's migrator is configured not to run"
              + settings
              + ": enable it, or "
              + tool.migrate()
              + " on this database, then start again";
      case RUNNING ->
          "this application's migrator"
              + settings
              + " is still running in the background: set the setting wait-timeout, so that the"
              + " start waits for it";
      case OWN_CODE ->
          "this application's own code runs its migrator"
              + settings
              + ": if that happens in the background, set the setting wait-timeout, so that the"
              + " start waits for it; otherwise find out why it applied nothing";
    };
  }
}
