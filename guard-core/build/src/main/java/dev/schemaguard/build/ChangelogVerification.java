// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.Impact;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.VersionPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The result of comparing a matrix with the effects of the migrations on older versions. Immutable.
 *
 * @param errors the rows that accept a migration which breaks older versions, although nothing
 *     declares that these versions tolerate it
 * @param warnings the migrations that break older versions without a requires-app marker, and those
 *     whose effect is unknown, in sentences
 */
public record ChangelogVerification(List<ConfigurationException> errors, List<String> warnings) {

  /** Copies the lists. */
  public ChangelogVerification {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /**
   * Compares the rows of a matrix with the effects of the migrations. A row that cannot be resolved
   * is ignored; {@link MatrixVerification} reports it.
   *
   * @param newRevisions the names of the revisions that are new in this change of the revision
   *     chain
   */
  public static ChangelogVerification of(
      CompatibilityMatrix matrix,
      Collection<SourceRevision> sources,
      Collection<RevisionImpact> impacts,
      Collection<String> newRevisions) {
    RevisionChain chain = matrix.chain().orElse(null);
    if (chain == null) {
      return new ChangelogVerification(List.of(), List.of());
    }
    List<RevisionWithImpact> revisions =
        RevisionWithImpact.of(chain, sources, impacts, newRevisions);
    List<ResolvedRow> rows = rowsOfOthers(matrix);
    List<ConfigurationException> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (ResolvedRow row : rows) {
      contradiction(row, revisions)
          .ifPresent(
              error -> {
                if (isMarkable(sources)) {
                  errors.add(error);
                } else {
                  warnings.add(error.location() + ": " + error.reason());
                }
              });
    }
    List<RevisionWithImpact> met =
        revisions.stream()
            .filter(
                revision ->
                    newRevisions.contains(revision.source().name())
                        || rows.stream()
                            .anyMatch(row -> !row.upToExpected().get(revision.position())))
            .toList();
    if (isMarkable(sources)) {
      unmarked(met, rows).ifPresent(warnings::add);
    }
    unclear(met).ifPresent(warnings::add);
    return new ChangelogVerification(errors, warnings);
  }

  /** If a tool does not record comments, they cannot contain requires-app markers. */
  private static boolean isMarkable(Collection<SourceRevision> sources) {
    return sources.stream().allMatch(SourceRevision::markable);
  }

  /** Returns the rows of versions that may run on migrations newer than themselves. */
  static List<ResolvedRow> rowsOfOthers(CompatibilityMatrix matrix) {
    return matrix.rows().stream()
        .filter(row -> !(row.pattern() instanceof VersionPattern.Current))
        .flatMap(row -> resolved(matrix, row).stream())
        .toList();
  }

  private static Optional<ResolvedRow> resolved(CompatibilityMatrix matrix, MatrixRow row) {
    try {
      return Optional.of(matrix.resolve(row));
    } catch (ConfigurationException e) {
      return Optional.empty();
    }
  }

  private static Optional<ConfigurationException> contradiction(
      ResolvedRow row, List<RevisionWithImpact> revisions) {
    List<RevisionWithImpact> admitted =
        revisions.stream()
            .filter(RevisionWithImpact::isUnmarkedContract)
            .filter(revision -> !row.upToExpected().get(revision.position()))
            .filter(revision -> row.admitsAnyLater() || row.isWithinMax(revision.position()))
            .toList();
    if (admitted.isEmpty()) {
      return Optional.empty();
    }
    String version =
        row.row().pattern().oldest().map(Object::toString).orElse("the oldest version that does");
    return Optional.of(
        new ConfigurationException(
            row.row().where(),
            "'"
                + row.row().label()
                + "' has the maximum "
                + row.row().max()
                + " and so admits what may break it: "
                + Names.some(admitted.stream().map(RevisionWithImpact::explained).toList()),
            "Name a maximum before "
                + admitted.get(0).shown()
                + ". Or, if "
                + row.row().label()
                + " survives it, say so where its instances read it: begin the migration's comment"
                + " with requires-app "
                + version
                + "."));
  }

  private static Optional<String> unmarked(List<RevisionWithImpact> met, List<ResolvedRow> rows) {
    List<String> names =
        met.stream()
            .filter(RevisionWithImpact::isUnmarkedContract)
            .map(
                revision ->
                    revision.shown()
                        + revision.floor(rows).map(v -> " (requires-app " + v + ")").orElse(""))
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "contract without a requires-app marker, so older versions do not know that it may"
                + " break them: "
                + Names.some(names));
  }

  private static Optional<String> unclear(List<RevisionWithImpact> met) {
    List<String> names =
        met.stream()
            .filter(revision -> revision.impact() == Impact.UNCLEAR)
            .map(RevisionWithImpact::shown)
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "unclear what becomes of older versions after "
                + Names.some(names)
                + ": schema-guard matrix propose tells why");
  }
}
