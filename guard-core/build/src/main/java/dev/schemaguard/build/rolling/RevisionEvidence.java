// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.text.VisibleText;
import java.util.Locale;

/**
 * States whether the old version survives one revision of an upgrade, and by which evidence.
 * Immutable.
 *
 * @param revision the revision, as it is shown to people
 * @param kind the best evidence there is
 * @param survives whether the old version survives it, as far as this evidence says; false without
 *     evidence
 * @param why the evidence, in words
 */
public record RevisionEvidence(String revision, Kind kind, boolean survives, String why) {

  /** The kinds of evidence, best first. */
  public enum Kind {
    /** The old version expects the revision itself. */
    EXPECTED,
    /** The requires-app marker of the revision. */
    MARKER,
    /** The Max in the old version's row. */
    MAX,
    /** The schema files of both versions. */
    SCHEMA_FILES,
    /** The parsed migration. */
    PARSED_MIGRATION,
    /** {@code Unknown ahead: allowed} in the old version's matrix. */
    UNKNOWN_AHEAD,
    /** Nothing. */
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes the texts {@linkplain VisibleText visible}. */
  public RevisionEvidence {
    revision = VisibleText.of(revision);
    why = VisibleText.of(why);
  }
}
