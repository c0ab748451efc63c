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
 * The changesets of a Liquibase changelog, read by Liquibase itself but without a database. Needs
 * {@code org.liquibase:liquibase-core} on the class path. Immutable.
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
   * A changelog below a directory.
   *
   * @param searchPath where Liquibase's search path begins, {@code src/main/resources} for instance
   * @param changelog the changelog's path from there, as the application names it
   */
  public static LiquibaseSources directory(Path searchPath, String changelog) {
    return new LiquibaseSources(
        new LiquibaseSettings(
            changelog, List.of(searchPath), LiquibaseSources.class.getClassLoader()));
  }

  /** A changelog on the class path, which may include others from other jars. */
  public static LiquibaseSources classPath(ClassLoader loader, String changelog) {
    return new LiquibaseSources(new LiquibaseSettings(changelog, List.of(), loader));
  }

  /**
   * Returns the same sources, looked for below these directories, as in a project of several
   * modules.
   *
   * @param directories where paths begin, the first choice first
   */
  public LiquibaseSources searchPath(Path... directories) {
    return new LiquibaseSources(settings.withSearchPath(List.of(directories)));
  }

  /** Returns the same sources, with the class path that holds custom changes and extensions. */
  public LiquibaseSources loader(ClassLoader classPath) {
    return new LiquibaseSources(settings.withLoader(classPath));
  }

  /**
   * Returns the same sources, filtered as production filters: a changeset that these contexts
   * exclude is optional.
   *
   * @param filter contexts, separated by commas; empty: production runs without a filter
   */
  public LiquibaseSources contexts(String filter) {
    return new LiquibaseSources(settings.withContexts(filter));
  }

  /**
   * Returns the same sources, filtered as production filters: a changeset that the labels exclude
   * is optional.
   *
   * @param filter a label expression; empty: production runs without a filter
   */
  public LiquibaseSources labels(String filter) {
    return new LiquibaseSources(settings.withLabels(filter));
  }

  /** Returns the same sources, with a value for {@code ${name}} in the changelog. */
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
   * Reads the changelog: its changesets in the order in which Liquibase would run them, each under
   * the name that Liquibase would record, without those that it ignores.
   *
   * @throws ConfigurationException if Liquibase is not there, or cannot read the changelog
   */
  @Override
  public List<SourceRevision> read() {
    return reading(parsed -> parsed.read());
  }

  @Override
  public List<String> warnings() {
    return reading(parsed -> parsed.warnings());
  }

  /** Also reads the files of SQL that the changelog names. */
  @Override
  public List<RevisionImpact> effects() {
    return reading(parsed -> parsed.effects());
  }

  /** By its {@code rollback}, else by what Liquibase makes up itself. */
  @Override
  public List<RevisionUndo> undos() {
    return reading(parsed -> parsed.undos());
  }

  /** Compares them as Liquibase does, its {@code validCheckSum} included. */
  @Override
  public List<String> edited(Map<String, String> checksums) {
    return reading(parsed -> parsed.edited(checksums));
  }

  /** As Liquibase would record them now; several changesets of one name have several. */
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
