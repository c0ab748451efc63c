// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A row whose references are revisions of the chain.
 *
 * @param row the row as written
 * @param chain the chain that its references are resolved against
 * @param expected null means the whole chain
 * @param min null means equal to expected
 * @param max null means that none was named; see also {@link #admitsAnyLater}
 */
public record ResolvedRow(
    MatrixRow row,
    RevisionChain chain,
    @Nullable Revision expected,
    @Nullable Revision min,
    @Nullable Revision max) {

  /** Refuses a row whose bounds contradict each other. */
  public ResolvedRow {
    if (min != null && !upTo(chain, expected).get(chain.indexOf(min))) {
      throw new ConfigurationException(
          row.where(),
          "the minimum "
              + chain.displayName(min)
              + " comes after the expected revision "
              + row.expected(),
          "A version cannot need more than it was built for: name an earlier minimum.");
    }
    if (min != null && min.optional()) {
      throw new ConfigurationException(
          row.where(),
          "the minimum " + chain.displayName(min) + " is optional, so no database need have it",
          "Name the last revision before it that is not optional.");
    }
    if (max != null && !contains(upTo(chain, max), upTo(chain, expected))) {
      throw new ConfigurationException(
          row.where(),
          "the maximum "
              + chain.displayName(max)
              + " comes before the expected revision "
              + row.expected(),
          "Name a later maximum, or leave the cell blank.");
    }
  }

  /**
   * Returns the row with its references resolved.
   *
   * @throws ConfigurationException if a reference matches no revision or several, if the bounds
   *     contradict each other, or if there is no chain
   */
  static ResolvedRow of(MatrixRow row, @Nullable RevisionChain chain) {
    if (chain == null) {
      throw new ConfigurationException(
          row.where(),
          "without a chain it is unknown which revision '" + row.expected() + "' is",
          "Bundle the chain, schema-guard/revisions.txt, or name it.");
    }
    boolean head = row.expected().equals(MatrixRow.HEAD);
    boolean anyLater = MatrixRow.ANY.equals(row.max());
    return new ResolvedRow(
        row,
        chain,
        head ? null : chain.resolve(row.expected(), row.where()),
        row.min() == null ? null : chain.resolve(row.min(), row.where()),
        row.max() == null || anyLater ? null : chain.resolve(row.max(), row.where()));
  }

  /** Returns the positions of everything this version was built for. */
  public BitSet upToExpected() {
    return upTo(chain, expected);
  }

  /** Returns the positions of everything this version requires at least. */
  public BitSet upToMin() {
    return min == null ? upToExpected() : chain.upTo(min);
  }

  /**
   * Refuses a row that requires nothing, because every database would count as up to date.
   *
   * @param dbms Liquibase's short name of the database's product; null or empty if it is not known,
   *     and then lines for any product count
   * @throws ConfigurationException if every line up to Expected is optional, retired, for another
   *     product or replaced by such a line
   */
  public void requireRevisions(@Nullable String dbms) {
    String product = dbms == null || dbms.isEmpty() ? null : dbms;
    chain.requireRevisions();
    if (!chain.saysNoMigrations()) {
      new RequiredLines(this, product).requireAny();
    }
  }

  /** Returns whether a Max was named and the revision at this position is within it. */
  public boolean isWithinMax(int position) {
    return max != null && chain.upTo(max).get(position);
  }

  /** Returns whether the Max is {@code any}. */
  public boolean admitsAnyLater() {
    return MatrixRow.ANY.equals(row.max());
  }

  private static BitSet upTo(RevisionChain chain, @Nullable Revision revision) {
    return revision == null ? chain.all() : chain.upTo(revision);
  }

  private static boolean contains(BitSet outer, BitSet inner) {
    BitSet missing = (BitSet) inner.clone();
    missing.andNot(outer);
    return missing.isEmpty();
  }
}
