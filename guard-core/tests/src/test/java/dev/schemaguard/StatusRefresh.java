// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.check.CheckResult;

/** What a guard's thread does at every interval, once the first answer is there. For benchmarks. */
public final class StatusRefresh {

  private final Enforcement guard;
  private CheckResult last;

  /** The refresh of a guard that is built so, after its first answer. */
  public StatusRefresh(SchemaGuardBuilder settings) {
    this.guard = settings.build().enforcement();
    this.last = guard.check().run(guard.assessor(), guard.timing().timeout(), false);
  }

  /** Refreshes; whether the change token alone told that nothing is new. */
  public boolean foundNothingNew() {
    CheckResult next = guard.check().refresh(guard.assessor(), guard.timing().timeout(), last);
    boolean confirmed = next.isKnown() && next.read() == last.read();
    last = next;
    return confirmed;
  }
}
