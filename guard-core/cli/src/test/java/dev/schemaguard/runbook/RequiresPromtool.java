// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Marks tests that need Prometheus's own rule evaluation. In CI they fail without it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "dev.schemaguard.runbook.RequiresPromtool$Program#isInstalled",
    disabledReason = RequiresPromtool.REASON)
@interface RequiresPromtool {

  /** Why a test did not run. */
  String REASON = "promtool is not installed; it is part of Debian's prometheus";

  /** The program. */
  final class Program {

    private Program() {}

    static boolean isInstalled() {
      boolean installed = Programs.isInstalled("promtool");
      if (!installed && System.getenv("CI") != null) {
        throw new IllegalStateException(REASON);
      }
      return installed;
    }
  }
}
