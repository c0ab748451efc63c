// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.RevisionUndo;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The changesets of a Liquibase changelog, read by Liquibase itself but without a database.
 * Requires {@code org.liquibase:liquibase-core} on the class path. Immutable.
 *
 * <pre>{@code
 * List<SourceRevision> revisions =
 *     LiquibaseSources.directory(Path.of("src/main/resources"), "db/changelog/master.yaml")
 *         .contexts("prod")
 *         .read();
 * }</pre>
 */
public final class LiquibaseSources implements MigrationSources {

  private final LiquibaseSettings settings;

  private LiquibaseSources(LiquibaseSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the sources for a changelog below a directory.
   *
   * @param searchPath Liquibase's search path, for instance {@code src/main/resources}
   * @param changelog the changelog's path relative to it, as the application names it
   */
  public static LiquibaseSources directory(Path searchPath, String changelog) {
    return new LiquibaseSources(
        new LiquibaseSettings(
            changelog, List.of(searchPath), LiquibaseSources.class.getClassLoader()));
  }

  /**
   * Returns the sources for a changelog on the class path, which may include changelogs from other
   * jars.
   */
  public static LiquibaseSources classPath(ClassLoader loader, String changelog) {
    return new LiquibaseSources(new LiquibaseSettings(changelog, List.of(), loader));
  }

  /**
   * Returns these sources, looked for below these directories, as in a project with several
   * modules.
   *
   * @param directories the directories that paths are relative to, in order of precedence
   */
  public LiquibaseSources searchPath(Path... directories) {
    return new LiquibaseSources(settings.withSearchPath(List.of(directories)));
  }

  /** Returns these sources, with the class path that contains custom changes and extensions. */
  public LiquibaseSources loader(ClassLoader classPath) {
    return new LiquibaseSources(settings.withLoader(classPath));
  }

  /**
   * Returns these sources with production's context filter. A changeset that these contexts exclude
   * is optional.
   *
   * @param filter contexts, separated by commas; empty if production runs without a filter
   */
  public LiquibaseSources contexts(String filter) {
    return new LiquibaseSources(settings.withContexts(filter));
  }

  /**
   * Returns these sources with production's label filter. A changeset that the labels exclude is
   * optional.
   *
   * @param filter a label expression; empty if production runs without a filter
   */
  public LiquibaseSources labels(String filter) {
    return new LiquibaseSources(settings.withLabels(filter));
  }

  /** Returns these sources, with a value for {@code ${name}} in the changelog. */
  public LiquibaseSources parameter(String name, String value) {
    return new LiquibaseSources(settings.withParameter(name, value));
  }

  @Override
  public LiquibaseSources on(String dbms, @Nullable String schema) {
    return new LiquibaseSources(settings.on(dbms, schema));
  }

  @Override
  public Optional<String> dbms() {
    return Optional.of(settings.dbms() == null ? ANY : settings.dbms());
  }

  /**
   * Reads the changelog, and returns its changesets in the order in which Liquibase would run them,
   * with the names that Liquibase would record. Changesets that Liquibase ignores are left out.
   *
   * @throws ConfigurationException if Liquibase is missing, or cannot read the changelog
   */
  @Override
  public List<SourceRevision> read() {
    return reading(parsed -> parsed.read());
  }

  @Override
  public List<String> warnings() {
    return reading(parsed -> parsed.warnings());
  }

  /** Also reads the SQL files that the changelog names. */
  @Override
  public List<RevisionImpact> impacts() {
    return reading(parsed -> parsed.impacts());
  }

  /** Uses the changeset's {@code rollback}, else the rollback that Liquibase generates. */
  @Override
  public List<RevisionUndo> undos() {
    return reading(parsed -> parsed.undos());
  }

  /** Compares the checksums in the same way as Liquibase, including its {@code validCheckSum}. */
  @Override
  public List<String> edited(Map<String, String> checksums) {
    return reading(parsed -> parsed.edited(checksums));
  }

  /**
   * Returns the checksums that Liquibase would record now. If several changesets have the same
   * name, its value contains several checksums.
   */
  @Override
  public Map<String, String> checksums() {
    Map<String, String> checksums = new LinkedHashMap<>();
    reading(parsed -> parsed.checksums())
        .forEach(
            one ->
                checksums.merge(one.getKey(), one.getValue(), (first, next) -> first + "," + next));
    return checksums;
  }

  @Override
  public String place() {
    return "changesets in the changelog " + settings.changelog();
  }

  @Override
  public String remedyForEdits() {
    return "If the new text does what the old one did, say so in the changeset with validCheckSum"
        + " and the old checksum. ";
  }

  private <T> List<T> reading(Function<LiquibaseChangelog, List<T>> question) {
    try {
      return question.apply(new LiquibaseChangelog(settings));
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          settings.changelog(),
          "the changelog needs a class that is not there: " + e.getMessage(),
          "Add org.liquibase:liquibase-core, with what it depends on, as a test dependency.");
    }
  }
}
