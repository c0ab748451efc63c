// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.matrix.CompatibilityMatrix;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the two versions of an upgrade, as its artifact describes it. Immutable and thread-safe.
 *
 * @param name how the version is called in messages: {@code 0.6.1}, or the artifact's file
 * @param matrix its matrix with its chain and its schema files
 * @param version its version; null if it has none, and then the row {@code current} is its own
 * @param own whether the matrix is bundled with this very version
 * @param migrations its migrations, in the order in which the tool applies them; empty if they are
 *     not known
 * @param impacts what the migrations do to older versions; empty if they are not known
 * @param options the options by which the command line finds the artifact: {@code --app new.jar}
 */
public record UpgradeSide(
    String name,
    CompatibilityMatrix matrix,
    @Nullable String version,
    boolean own,
    List<SourceRevision> migrations,
    List<RevisionImpact> impacts,
    String options) {

  /** Copies the lists. */
  public UpgradeSide {
    migrations = List.copyOf(migrations);
    impacts = List.copyOf(impacts);
  }

  /**
   * Returns a version whose migrations are not known.
   *
   * @param matrix its matrix and chain
   * @param version its version; null if it has none
   * @param own whether the matrix is bundled with this very version
   */
  public static UpgradeSide of(CompatibilityMatrix matrix, @Nullable String version, boolean own) {
    String name = Objects.requireNonNullElse(version, matrix.origin());
    return new UpgradeSide(name, matrix, version, own, List.of(), List.of(), "");
  }

  /** Returns the same version with its migrations; see {@code MigrationSources}. */
  public UpgradeSide withMigrations(
      Collection<SourceRevision> read, Collection<RevisionImpact> judged) {
    return new UpgradeSide(
        name, matrix, version, own, List.copyOf(read), List.copyOf(judged), options);
  }

  /** Returns the same version with the options by which the command line finds its artifact. */
  public UpgradeSide withOptions(String found) {
    return new UpgradeSide(name, matrix, version, own, migrations, impacts, found);
  }
}
