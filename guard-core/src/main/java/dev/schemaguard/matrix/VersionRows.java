// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A set of rows in which the narrowest one applies to a version. Immutable. */
final class VersionRows<R extends VersionRow> {

  private final List<R> rows;
  private final boolean bundled;

  /**
   * Creates the rows of one table.
   *
   * @param bundled whether {@code current} applies to the calling application
   * @throws ConfigurationException if two are equal, or overlap so that neither is the narrower
   */
  VersionRows(List<R> rows, boolean bundled) {
    this.rows = List.copyOf(rows);
    this.bundled = bundled;
    requireDistinct();
    SpanRow.requireNested(this.rows);
  }

  List<R> all() {
    return rows;
  }

  /** Returns the row for a version, by the rules of {@link CompatibilityMatrix#rowFor}. */
  Optional<R> rowFor(@Nullable String version, boolean own) {
    AppVersion asked = version == null ? null : AppVersion.parse(version).orElse(null);
    R row = asked == null ? null : exact(asked);
    if (row == null && (version == null || (own && bundled))) {
      row = first(VersionPattern.Current.class);
    }
    if (row == null && asked != null) {
      row = exact(asked.release());
    }
    if (row == null && asked != null) {
      row = narrowest(asked.release());
    }
    return Optional.ofNullable(row == null ? first(VersionPattern.Every.class) : row);
  }

  private @Nullable R exact(AppVersion version) {
    for (R row : rows) {
      if (row.pattern() instanceof VersionPattern.Exact exact && exact.version().equals(version)) {
        return row;
      }
    }
    return null;
  }

  private @Nullable R narrowest(AppVersion release) {
    R narrowest = null;
    VersionPattern.Span around = null;
    for (R row : rows) {
      if (row.pattern() instanceof VersionPattern.Span span
          && span.holds(release)
          && (around == null || around.contains(span))) {
        narrowest = row;
        around = span;
      }
    }
    return narrowest;
  }

  private @Nullable R first(Class<? extends VersionPattern> kind) {
    for (R row : rows) {
      if (kind.isInstance(row.pattern())) {
        return row;
      }
    }
    return null;
  }

  private void requireDistinct() {
    Map<Object, R> seen = new HashMap<>();
    for (R row : rows) {
      R duplicate = seen.putIfAbsent(row.pattern().identity(), row);
      if (duplicate != null) {
        throw new ConfigurationException(
            row.where(),
            "'" + row.label() + "' has a row already, at " + duplicate.where(),
            "Keep one row for each version.");
      }
    }
  }
}
