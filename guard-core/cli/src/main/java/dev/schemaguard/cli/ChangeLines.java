// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationStatus;

/** Reports each new state during a wait as one log line. */
final class ChangeLines implements WaitReport {

  private final Output output;
  private final WaitingText text;
  private boolean begun;

  ChangeLines(Output output, WaitingText text) {
    this.output = output;
    this.text = text;
  }

  @Override
  public void changed(MigrationStatus status) {
    output.report(text.change(status, !begun));
    begun = true;
  }

  @Override
  public void close() {}
}
