// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests that run where an operator's programs are installed, and fail without them in CI. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "dev.schemaguard.runbook.RequiresPostgresClient$Programs#areInstalled",
    disabledReason = RequiresPostgresClient.REASON)
@interface RequiresPostgresClient {

  /** Why a test did not run. */
  String REASON = "bash or pg_dump is not installed; Debian has the latter in postgresql-client";

  /** The programs. */
  final class Programs {

    private Programs() {}

    static boolean areInstalled() {
      boolean installed =
          System.getProperty("os.name").equals("Linux")
              && List.of("bash", "psql", "pg_dump", "createdb").stream()
                  .allMatch(dev.schemaguard.runbook.Programs::isInstalled);
      if (!installed && System.getenv("CI") != null) {
        throw new IllegalStateException(REASON);
      }
      return installed;
    }
  }
}
