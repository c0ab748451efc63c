// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.AssessmentTarget;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.check.Check;
import dev.schemaguard.check.CheckResult;
import dev.schemaguard.check.GuardThreads;

/** What a guard's thread does at every interval, once the first answer is there. For benchmarks. */
public final class StatusRefresh {

  private final SchemaGuardBuilder settings;
  private final Check check;
  private final Assessor assessor;
  private CheckResult last;

  /** The refresh of a guard that is built so, after its first answer. */
  public StatusRefresh(SchemaGuardBuilder settings) {
    this.settings = settings;
    try (SchemaGuard guard = settings.build()) {
      this.check =
          settings.check(
              guard.matrix(), guard.application().orElse(null), new GuardThreads("measured"));
      this.assessor =
          new Assessor(
              guard.matrix(), new AssessmentTarget(settings.version(), true, settings.accepted()));
    }
    this.last = check.run(assessor, settings.timeout(), false);
  }

  /** Refreshes; whether the change token alone told that nothing is new. */
  public boolean foundNothingNew() {
    CheckResult next = check.refresh(assessor, settings.timeout(), last);
    boolean confirmed = next.isKnown() && next.read() == last.read();
    last = next;
    return confirmed;
  }
}
