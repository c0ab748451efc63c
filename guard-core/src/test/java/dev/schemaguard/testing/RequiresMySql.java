// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test of the full tier that runs on a real MySQL, and fails without it where CI is set. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("full")
@EnabledIf(
    value = "dev.schemaguard.testing.MySql#isAvailable",
    disabledReason = RequiresMySql.REASON)
public @interface RequiresMySql {

  /** Why a test did not run. */
  String REASON =
      "MySQL is not in guard-core/target/releases/mysql; the profile full copies it there, for Linux"
          + " on x86-64";
}
