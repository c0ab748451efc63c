// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges two lines of the same revision, which a union merge creates if both branches edited the
 * line. The attributes of both branches are kept.
 */
record DuplicateLineMerge(String origin, Revision first, Revision second) {

  Revision merged() {
    boolean renamed = isFormerName(first.name(), second);
    Revision newest = renamed ? second : first;
    Revision other = renamed ? first : second;
    if (!same(newest.name(), other.name()) && !isFormerName(other.name(), newest)) {
      throw contradiction("was", newest.name(), other.name());
    }
    return new Revision(
        newest.name(),
        union(first.aliases(), second.aliases()),
        either("parents", first.parents(), second.parents()),
        first.dbms().isEmpty() ? second.dbms() : first.dbms(),
        first.optional() || second.optional(),
        union(first.was(), second.was()),
        either("replaced-by", first.replacedBy(), second.replacedBy()),
        first.retired() || second.retired());
  }

  private <T> @Nullable T either(String attribute, @Nullable T one, @Nullable T other) {
    if (one != null && other != null && !one.equals(other)) {
      throw contradiction(attribute, one, other);
    }
    return one == null ? other : one;
  }

  private ConfigurationException contradiction(String attribute, Object one, Object other) {
    return new ConfigurationException(
        origin,
        "two lines of '"
            + first.name()
            + "' contradict each other in "
            + attribute
            + "=: '"
            + one
            + "' and '"
            + other
            + "'",
        "Keep one of the two lines.");
  }

  private static boolean isFormerName(String name, Revision revision) {
    return revision.was().stream().anyMatch(former -> same(former, name));
  }

  private static boolean same(String name, String other) {
    return ChangesetKey.canonical(name).equals(ChangesetKey.canonical(other));
  }

  private static List<String> union(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }
}
