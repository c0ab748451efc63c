// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that runs where MariaDB's server is installed, and fails without it where CI is set. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@EnabledIf(
    value = "dev.schemaguard.testing.MariaDb#isInstalled",
    disabledReason = RequiresMariaDb.REASON)
public @interface RequiresMariaDb {

  /** Why a test did not run. */
  String REASON =
      "mariadbd is not installed; Debian has it in mariadb-server-core and mariadb-client-core";
}
