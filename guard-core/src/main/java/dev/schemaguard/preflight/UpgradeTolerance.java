// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.text.VisibleText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * States how many of the pending migrations a running version tolerates, if they are applied one
 * after the other. Immutable.
 *
 * @param tolerated the pending revisions, from the first on, that it is known to tolerate
 * @param blocked the others: the first of them must wait until the version is no longer running
 * @param reason why the first must wait; null exactly if none must wait
 */
public record UpgradeTolerance(
    List<String> tolerated, List<String> blocked, @Nullable Reason reason) {

  /** The reasons why a revision must wait. */
  public enum Reason {
    /** It is beyond the row's Max, or its requires-app marker demands a newer version. */
    REFUSED("it refuses this version"),
    /** Neither the row nor a requires-app marker covers it. */
    UNKNOWN("it is unknown whether this version survives it"),
    /** There is no row for the version, or none that can be used. */
    NO_ROW("the matrix has no usable row for this version");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** Returns the reason for people. */
    public String text() {
      return text;
    }
  }

  /** Copies the lists, and makes the names {@linkplain VisibleText visible}. */
  public UpgradeTolerance {
    tolerated = VisibleText.all(tolerated);
    blocked = VisibleText.all(blocked);
  }

  /**
   * Returns the last of the revisions that it tolerates; empty if it does not tolerate the first.
   */
  public Optional<String> upTo() {
    return tolerated.isEmpty()
        ? Optional.empty()
        : Optional.of(tolerated.get(tolerated.size() - 1));
  }

  /** Returns the first revision that must wait; empty if none must. */
  public Optional<String> stopsAt() {
    return blocked.isEmpty() ? Optional.empty() : Optional.of(blocked.get(0));
  }
}
