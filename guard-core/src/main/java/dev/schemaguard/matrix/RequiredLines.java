// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines up to a row's expected revision that a database must have.
 *
 * @param dbms Liquibase's short name of the database's product; null if it is not known
 */
record RequiredLines(ResolvedRow row, @Nullable String dbms) {

  void requireAny() {
    RevisionChain chain = row.chain();
    BitSet expected = row.upToExpected();
    for (int i = expected.nextSetBit(0); i >= 0; i = expected.nextSetBit(i + 1)) {
      if (isRequired(i, expected)) {
        return;
      }
    }
    throw requiresNothing(expected.stream().mapToObj(chain::revision).toList());
  }

  /**
   * Returns whether the line at this position is required. A replaced line counts as the last of
   * its replacements that is expected, or as itself if none is.
   */
  private boolean isRequired(int position, BitSet expected) {
    RevisionChain chain = row.chain();
    int due = position;
    int at = position;
    while (at >= 0) {
      due = expected.get(at) ? at : due;
      String replacement = chain.revision(at).replacedBy();
      at = replacement == null ? -1 : chain.indexOfName(replacement);
    }
    return isOfUse(chain.revision(position)) && isOfUse(chain.revision(due));
  }

  private boolean isOfUse(Revision revision) {
    return !revision.optional() && !revision.retired() && revision.appliesOn(dbms);
  }

  private ConfigurationException requiresNothing(List<Revision> lines) {
    List<Revision> elsewhere =
        lines.stream().filter(line -> is(line, other -> !other.appliesOn(dbms))).toList();
    List<String> parts = new ArrayList<>();
    add(parts, lines, line -> is(line, Revision::optional), "optional");
    add(parts, lines, Revision::retired, "retired");
    add(parts, elsewhere, line -> true, "for other databases (dbms=" + products(elsewhere) + ")");
    boolean optional = lines.stream().anyMatch(line -> is(line, Revision::optional));
    return new ConfigurationException(
        row.chain().origin(),
        "nothing is required of "
            + (dbms == null ? "any database" : "a database of the product " + dbms)
            + ", so every one would count as up to date: of "
            + lines.size()
            + " line(s) up to the expected revision, "
            + String.join(", ", parts),
        elsewhere.isEmpty() || optional
            ? "Compare the filter of contexts and labels that the chain was generated with to the"
                + " one that production's migrations run with, and regenerate the chain."
            : "Check a database of the product that the migrations are for, or add migrations for "
                + dbms
                + " and regenerate the chain.");
  }

  /**
   * Returns whether a line has a property and is not retired. Retired lines are counted separately.
   */
  private static boolean is(Revision line, Predicate<Revision> what) {
    return !line.retired() && what.test(line);
  }

  private static void add(
      List<String> parts, List<Revision> lines, Predicate<Revision> which, String what) {
    long count = lines.stream().filter(which).count();
    if (count > 0) {
      parts.add(count + " " + (count == 1 ? "is " : "are ") + what);
    }
  }

  private static String products(List<Revision> lines) {
    TreeSet<String> products = new TreeSet<>();
    lines.forEach(line -> products.addAll(line.dbms()));
    return String.join(",", products);
  }
}
