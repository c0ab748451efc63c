// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.matrix.VersionPattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The result of verifying a complete matrix: every row against the revision chain, every
 * requires-app marker against every row, and every cell of its client tables. At run time only one
 * row is used. Immutable.
 *
 * @param errors all contradictions; each contains its location and what to do
 * @param warnings what is allowed but may be unexpected, in sentences
 */
public record MatrixVerification(List<ConfigurationException> errors, List<String> warnings) {

  /** Copies the lists. */
  public MatrixVerification {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /** Verifies the rows of a matrix against its revision chain, and its client tables. */
  public static MatrixVerification of(CompatibilityMatrix matrix) {
    return of(matrix, List.of(), Set.of());
  }

  /**
   * Verifies the rows of a matrix against its revision chain, and the markers of the sources
   * against both.
   *
   * @param newRevisions the names of the revisions that are new in this change of the revision
   *     chain; see {@link ChainUpdate#newRevisions}
   */
  public static MatrixVerification of(
      CompatibilityMatrix matrix,
      Collection<SourceRevision> sources,
      Collection<String> newRevisions) {
    String application = matrix.application().orElse(null);
    List<RevisionWithMarker> marked =
        sources.stream()
            .map(source -> RevisionWithMarker.of(source, application))
            .flatMap(Optional::stream)
            .toList();
    List<ConfigurationException> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    marked.forEach(revision -> revision.malformed().ifPresent(errors::add));
    errors.addAll(TableMarkers.errors(sources));
    unstatedAnswer(matrix).ifPresent(warnings::add);
    List<ResolvedRow> rows = resolved(matrix, errors);
    if (rows.size() == matrix.rows().size()) {
      withoutRow(matrix, rows).ifPresent(errors::add);
    }
    for (ResolvedRow row : rows) {
      marked.forEach(revision -> revision.contradictedBy(row).ifPresent(errors::add));
      leftOptional(row).ifPresent(warnings::add);
    }
    errors.addAll(matrix.clients().errors());
    addConditions(matrix, errors);
    unmarked(matrix, sources, marked, newRevisions).ifPresent(warnings::add);
    return new MatrixVerification(errors, warnings);
  }

  private static void addConditions(
      CompatibilityMatrix matrix, List<ConfigurationException> errors) {
    if (matrix.chain().isPresent()) {
      List<Revision.Condition> unused = matrix.conditions(errors::add);
    }
  }

  private static List<ResolvedRow> resolved(
      CompatibilityMatrix matrix, List<ConfigurationException> errors) {
    List<ResolvedRow> resolved = new ArrayList<>();
    if (matrix.chain().isEmpty()) {
      errors.add(
          new ConfigurationException(
              matrix.origin(),
              "there is no chain that its references could be checked against",
              "Generate revisions.txt beside it."));
      return resolved;
    }
    for (MatrixRow row : matrix.rows()) {
      try {
        ResolvedRow whole = matrix.resolve(row);
        whole.requireRevisions(null);
        resolved.add(whole);
      } catch (ConfigurationException e) {
        errors.add(e);
      }
    }
    return resolved;
  }

  /**
   * Returns the error for revisions that no row expects, because the version that ships them has no
   * row.
   */
  private static Optional<ConfigurationException> withoutRow(
      CompatibilityMatrix matrix, List<ResolvedRow> rows) {
    RevisionChain chain = matrix.chain().orElse(RevisionChain.of(List.of()));
    BitSet expected = new BitSet();
    rows.forEach(row -> expected.or(row.upToExpected()));
    List<String> names = new ArrayList<>();
    for (int i = expected.nextClearBit(0); i < chain.size(); i = expected.nextClearBit(i + 1)) {
      if (chain.revision(i).isDue(null)) {
        names.add(chain.displayName(chain.revision(i)));
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ConfigurationException(
                matrix.origin(),
                "no row expects "
                    + Names.some(names)
                    + ", so the version that brings "
                    + (names.size() == 1 ? "it" : "them")
                    + " has none",
                "Write a row for that version, or once and for all the row '| current | head |'."));
  }

  private static Optional<String> unstatedAnswer(CompatibilityMatrix matrix) {
    boolean implied =
        matrix.chain().map(RevisionChain::origin).equals(Optional.of(matrix.origin()));
    return matrix.statesUnknownAhead() || implied
        ? Optional.empty()
        : Optional.of(
            matrix.origin()
                + " does not say how unknown revisions are treated, so they are"
                + " refused. Write 'Unknown ahead: refused', 'Unknown ahead: intact' or 'Unknown"
                + " ahead: allowed' above the table.");
  }

  private static Optional<String> leftOptional(ResolvedRow row) {
    RevisionChain chain = row.chain();
    BitSet between = row.upToExpected();
    between.andNot(row.upToMin());
    List<String> names =
        between.stream()
            .mapToObj(chain.revisions()::get)
            .filter(revision -> revision.isDue(null))
            .map(chain::displayName)
            .toList();
    return names.isEmpty() || !(row.row().pattern() instanceof VersionPattern.Current)
        ? Optional.empty()
        : Optional.of(
            row.row().where()
                + ": because of its minimum, 'current' starts without "
                + names.size()
                + " of its own revisions: "
                + Names.some(names));
  }

  private static Optional<String> unmarked(
      CompatibilityMatrix matrix,
      Collection<SourceRevision> sources,
      List<RevisionWithMarker> marked,
      Collection<String> newRevisions) {
    Set<String> withMarker =
        marked.stream().map(revision -> revision.source().name()).collect(Collectors.toSet());
    List<String> names =
        newRevisions.stream().filter(name -> !withMarker.contains(name)).sorted().toList();
    return names.isEmpty() || matrix.unknownAhead() == UnknownAhead.ALLOWED
        ? Optional.empty()
        : Optional.of(
            "no requires-app marker on "
                + Names.some(names)
                + ": strict instances of older versions cannot restart once "
                + (names.size() == 1 ? "it is" : "they are")
                + " applied. If they can live with it, "
                + (sources.stream().allMatch(SourceRevision::markable)
                    ? "begin its comment with requires-app and the oldest version that can."
                    : "let its migration set the comment of the history table to requires-app, that"
                        + " version and the migration's own revision; or accept it there by name."));
  }
}
