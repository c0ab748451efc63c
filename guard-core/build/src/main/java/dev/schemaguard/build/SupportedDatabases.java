// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The databases that the versions with the chain's head run on. Only their rows use the schema
 * file.
 *
 * @param chain the chain that the rows refer to
 * @param min the oldest minimum below the head; null if each of these versions needs the head
 */
record SupportedDatabases(RevisionChain chain, @Nullable Revision min) {

  /**
   * Returns those of a matrix. Rows that cannot be resolved are left out; verification reports
   * them.
   *
   * @param dbms Liquibase's short name of the product; null means any
   */
  static SupportedDatabases of(
      CompatibilityMatrix matrix, RevisionChain chain, @Nullable String dbms) {
    Revision oldest = null;
    int most = 0;
    for (MatrixRow row : matrix.rows()) {
      ResolvedRow resolved = resolved(matrix, row);
      if (resolved != null && due(chain, resolved.upToExpected(), dbms).isEmpty()) {
        int pending = due(chain, resolved.upToMin(), dbms).cardinality();
        if (pending > most) {
          most = pending;
          oldest = resolved.min();
        }
      }
    }
    return new SupportedDatabases(chain, oldest);
  }

  /** Returns the minimum as people see it; empty if each of these versions needs the head. */
  Optional<String> minBelowHead() {
    return Optional.ofNullable(min).map(chain::displayName);
  }

  /**
   * Returns whether all of these databases have a revision.
   *
   * @param reference a reference to a line of the chain; null means that no revision is known
   */
  boolean have(@Nullable String reference) {
    if (min == null) {
      return true;
    }
    try {
      return reference != null
          && chain.upTo(min).get(chain.indexOf(chain.resolve(reference, "since")));
    } catch (ConfigurationException e) {
      return false;
    }
  }

  private static @Nullable ResolvedRow resolved(CompatibilityMatrix matrix, MatrixRow row) {
    try {
      return matrix.resolve(row);
    } catch (ConfigurationException e) {
      return null;
    }
  }

  /** Returns the revisions that a database must have to be complete and that are not in a set. */
  private static BitSet due(RevisionChain chain, BitSet applied, @Nullable String dbms) {
    BitSet due = new BitSet();
    for (int i = applied.nextClearBit(0); i < chain.size(); i = applied.nextClearBit(i + 1)) {
      due.set(i, chain.revision(i).isDue(dbms));
    }
    return due;
  }
}
