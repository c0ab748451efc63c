// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test of the full tier that runs where Firebird 3 is, and fails without it where CI is set. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("full")
@EnabledIf(
    value = "dev.schemaguard.testing.Firebird#isInstalled",
    disabledReason = RequiresFirebird.REASON)
public @interface RequiresFirebird {

  /** Why a test did not run. */
  String REASON =
      "Firebird 3 is not installed; Debian has it in firebird3.0-server-core and firebird3.0-utils,"
          + " and the server's program in firebird3.0-server";
}
