// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.Impact;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.VersionPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proposes the tables of a matrix from the migrations. A new version gets a row. Older versions
 * without a Max get the revision up to which all migrations only expand the schema. Comments above
 * the tables contain the reasons. It is only a proposal, because the migrations do not determine
 * which revisions a version really needs.
 */
public final class MatrixProposal {

  private final CompatibilityMatrix matrix;
  private final RevisionChain chain;
  private final List<ResolvedRow> rows;
  private final List<RevisionWithImpact> revisions;
  private final @Nullable AppVersion version;
  private final List<String> comments = new ArrayList<>();

  private MatrixProposal(
      CompatibilityMatrix matrix,
      RevisionChain chain,
      List<RevisionWithImpact> revisions,
      @Nullable AppVersion version) {
    this.matrix = matrix;
    this.chain = chain;
    this.revisions = revisions;
    this.version = version;
    this.rows = ChangelogVerification.rowsOfOthers(matrix);
  }

  /**
   * Returns the proposal for a matrix whose revision chain contains these migrations.
   *
   * @param newVersion the version that needs a row; null if there is none
   * @return Markdown with comments and every table of the matrix that has rows
   * @throws ConfigurationException if {@code newVersion} is not a valid version or already has a
   *     row, or if there is no revision chain
   */
  public static String markdown(
      CompatibilityMatrix matrix,
      Collection<SourceRevision> sources,
      Collection<RevisionImpact> impacts,
      @Nullable String newVersion) {
    RevisionChain chain =
        matrix
            .chain()
            .filter(revisions -> revisions.size() > 0)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        matrix.origin(),
                        "there is no chain whose revisions a row could name",
                        "Generate revisions.txt beside it."));
    return new MatrixProposal(
            matrix,
            chain,
            RevisionWithImpact.of(chain, sources, impacts, List.of()),
            newVersion == null ? null : version(matrix, newVersion))
        .markdown();
  }

  private static AppVersion version(CompatibilityMatrix matrix, String text) {
    AppVersion version =
        AppVersion.parse(text)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "--new-version",
                        "'" + text + "' is not an application version",
                        "Write one like 0.7.0."));
    for (MatrixRow row : matrix.rows()) {
      if (row.pattern() instanceof VersionPattern.Exact exact && exact.version().equals(version)) {
        throw new ConfigurationException(
            row.where(), "'" + row.label() + "' has a row already", "Name a version without one.");
      }
    }
    return version;
  }

  private String markdown() {
    Map<String, TableDraft> tables = new LinkedHashMap<>();
    Map<MatrixRow, String> maxima = maxima();
    MatrixText text = MatrixText.of(matrix);
    boolean placed = version == null;
    for (MatrixRow row : matrix.rows()) {
      String headers = text.headers(row);
      TableDraft table =
          tables.computeIfAbsent(String.valueOf(headers), key -> TableDraft.of(headers));
      boolean current = row.pattern() instanceof VersionPattern.Current;
      if (!placed && !current) {
        table.insert(table.size(), String.valueOf(version), head());
        placed = true;
      }
      table.keep(row, text.line(row), maxima.get(row));
    }
    if (!placed) {
      TableDraft last = List.copyOf(tables.values()).get(tables.size() - 1);
      last.insert(last.size(), String.valueOf(version), head());
    }
    explainNewVersion();
    explainRevisions();
    StringBuilder markdown = new StringBuilder();
    comments.forEach(comment -> markdown.append(comment(comment)));
    tables.values().forEach(table -> markdown.append('\n').append(table.markdown()));
    return markdown.toString();
  }

  private String head() {
    return chain
        .head(null)
        .map(chain::displayName)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    chain.origin(), "no revision in it is required", "Name a chain with one."));
  }

  private Map<MatrixRow, String> maxima() {
    Map<MatrixRow, String> maxima = new LinkedHashMap<>();
    for (ResolvedRow row : rows) {
      ProposedMaximum limit = ProposedMaximum.of(row, revisions);
      if (row.row().max() == null) {
        if (limit.max() != null) {
          maxima.put(row.row(), limit.max());
        }
        explain(row.row(), limit);
      }
    }
    return maxima;
  }

  private void explain(MatrixRow row, ProposedMaximum limit) {
    String max = limit.max() == null ? "no Max" : "Max " + limit.max();
    RevisionWithImpact stop = limit.stop();
    if (stop != null) {
      comments.add(
          row.label() + ": " + max + ". Behind it is " + stop.impact() + " " + stop.explained());
    } else if (limit.max() != null) {
      comments.add(row.label() + ": " + max + ", for everything up to there only expands");
    }
  }

  private void explainNewVersion() {
    if (version != null) {
      comments.add(
          0,
          version
              + ": Min is Expected, which is safe. Lower it to the oldest revision that "
              + version
              + " really runs on, if it is to start before its last migrations");
    }
  }

  private void explainRevisions() {
    for (RevisionWithImpact revision : revisions) {
      if (revision.impact() == Impact.UNCLEAR) {
        comments.add("unclear is " + revision.explained());
      }
      if (revision.isUnmarkedContract() && revision.source().markable()) {
        String floor =
            revision
                .floor(rows)
                .or(() -> Optional.ofNullable(version))
                .map(Objects::toString)
                .orElse("and the version that ships it");
        comments.add(
            revision.shown()
                + ": no requires-app marker. Begin its comment with requires-app "
                + floor
                + ", or an older version if that survives it");
      }
    }
  }

  /** Returns a comment on one line; its text cannot end the comment. */
  private static String comment(String text) {
    return "<!-- " + text.replaceAll("\\s+", " ").replaceAll("-(?=-)|-(?=>)", "- ") + " -->\n";
  }
}
