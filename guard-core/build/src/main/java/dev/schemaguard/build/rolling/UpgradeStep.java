// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.text.VisibleText;
import java.util.List;
import java.util.Locale;

/**
 * One step of an upgrade. Immutable.
 *
 * @param action what kind of step it is
 * @param text what to do, in one sentence
 * @param revisions the revisions that it applies, in their order
 * @param commands the commands that do it, of which one may be a dry run; a word in capitals is a
 *     placeholder; empty if only the user knows how, as for a roll-out
 * @param wayBack how the old version can be restored once the step is done
 */
public record UpgradeStep(
    Action action, String text, List<String> revisions, List<String> commands, String wayBack) {

  /** The kinds of steps. */
  public enum Action {
    /** Apply migrations. */
    MIGRATE,
    /** Replace the instances of the old version by the new one, one after the other. */
    ROLL_OUT,
    /** Wait until no instance of the old version is connected. */
    WAIT,
    /** Stop all instances of the old version. */
    STOP_OLD,
    /** Start the new version. */
    START_NEW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the lists, and makes the texts {@linkplain VisibleText visible}. */
  public UpgradeStep {
    text = VisibleText.of(text);
    revisions = VisibleText.all(revisions);
    commands = VisibleText.all(commands);
    wayBack = VisibleText.of(wayBack);
  }
}
