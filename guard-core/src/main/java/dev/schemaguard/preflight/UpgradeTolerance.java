// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.matrix.VisibleText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a version that is running survives the migrations that are pending, one after the other.
 * Immutable.
 *
 * @param survives the pending revisions, from the first on, that it is known to survive
 * @param waits the others: the first of them must wait until the version is gone
 * @param reason why the first must wait; null exactly if nothing waits
 */
public record UpgradeTolerance(List<String> survives, List<String> waits, @Nullable Reason reason) {

  /** Why a revision must wait. */
  public enum Reason {
    /** It is beyond the row's Max, or its marker asks for a newer version. */
    REFUSED("it refuses this version"),
    /** Neither the row nor a marker says anything about it. */
    UNKNOWN("it is unknown whether this version survives it"),
    /** There is no row for the version, or none that can be used. */
    NO_ROW("the matrix has no usable row for this version");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The reason for people. */
    public String text() {
      return text;
    }
  }

  /** Copies the lists, and makes the names {@linkplain VisibleText visible}. */
  public UpgradeTolerance {
    survives = VisibleText.all(survives);
    waits = VisibleText.all(waits);
  }

  /** The last revision up to which it survives all; empty where it survives none. */
  public Optional<String> upTo() {
    return survives.isEmpty() ? Optional.empty() : Optional.of(survives.get(survives.size() - 1));
  }

  /** The first revision that must wait; empty if none. */
  public Optional<String> stopsAt() {
    return waits.isEmpty() ? Optional.empty() : Optional.of(waits.get(0));
  }
}
