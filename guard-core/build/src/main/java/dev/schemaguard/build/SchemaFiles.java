// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The one test that an application adds: it keeps {@code schema-guard/revisions.txt} fresh, and
 * checks the matrix beside it.
 *
 * <pre>{@code
 * @Test
 * void schemaGuardFilesAreCurrent() {
 *   SchemaFiles.liquibase("db/changelog/master.yaml").contexts("prod").verify();
 * }
 * }</pre>
 *
 * <p>On a developer's machine it rewrites the file and fails once, asking to commit it. Where the
 * environment variable {@code CI} is set, to anything but {@code false}, it writes nothing.
 * Liquibase must be on the test class path; the files of other tools are read without them. Not
 * thread-safe.
 */
public final class SchemaFiles {

  private static final String FOLDER = "schema-guard";

  private final ClassLoader loader = contextLoader();
  private ProjectMigrations migrations;
  private Path resources = Path.of("src", "main", "resources");
  private Map<String, String> environment = System.getenv();
  private boolean withChecksums;
  private UnaryOperator<MigrationSources> option = UnaryOperator.identity();

  private SchemaFiles(ProjectMigrations migrations) {
    this.migrations = migrations;
  }

  /**
   * The files of an application that migrates with Liquibase.
   *
   * @param changelog the changelog as the application names it, looked for on the class path, then
   *     in the resources directory
   */
  public static SchemaFiles liquibase(String changelog) {
    return new SchemaFiles(new LiquibaseProject(changelog));
  }

  /**
   * The files of an application that migrates with Flyway.
   *
   * @param locations as the application names them, looked for below {@code src/main} and on the
   *     class path, without what only tests migrate; of migrations that are classes the compiled
   *     ones decide, if Flyway is on the class path, else their sources
   */
  public static SchemaFiles flyway(String... locations) {
    return new SchemaFiles(
        (resources, loader) ->
            FlywaySources.of(ProjectMigrations.roots(resources), loader, locations));
  }

  /** The files of an application that migrates with Flyway and names its migrations otherwise. */
  public static SchemaFiles flyway(FlywaySources sources) {
    return new SchemaFiles((resources, loader) -> sources);
  }

  /**
   * The files of an application whose database Alembic migrates.
   *
   * @param directories of revisions, from the working directory: {@code migrations/versions}
   */
  public static SchemaFiles alembic(String... directories) {
    Path[] paths = Arrays.stream(directories).map(Path::of).toArray(Path[]::new);
    return new SchemaFiles((resources, loader) -> AlembicSources.directories(paths));
  }

  /**
   * The files of an application whose database golang-migrate migrates.
   *
   * @param directory of migrations, from the working directory: {@code db/migrations}
   */
  public static SchemaFiles golangMigrate(String directory) {
    Path path = Path.of(directory);
    return new SchemaFiles((resources, loader) -> GolangMigrateSources.directory(path));
  }

  /**
   * The contexts of production; what they exclude is optional. Without a filter all is required.
   *
   * @throws ConfigurationException if it is not Liquibase that migrates
   */
  public SchemaFiles contexts(String filter) {
    return with(sources -> sources.contexts(filter));
  }

  /**
   * The label expression of production; what it excludes is optional.
   *
   * @throws ConfigurationException if it is not Liquibase that migrates
   */
  public SchemaFiles labels(String filter) {
    return with(sources -> sources.labels(filter));
  }

  /**
   * A value for {@code ${name}} in the changelog.
   *
   * @throws ConfigurationException if it is not Liquibase that migrates
   */
  public SchemaFiles parameter(String name, String value) {
    return with(sources -> sources.parameter(name, value));
  }

  /**
   * The database product that the changelog is read for, by Liquibase's short name ({@code
   * postgresql}): properties and {@code modifySql} of another {@code dbms} do not count then.
   *
   * @throws ConfigurationException if it is not Liquibase that migrates
   */
  public SchemaFiles dbms(String product) {
    return with(sources -> sources.on(product, null));
  }

  /**
   * The directories in which the paths of the changelog begin, as in a project of several modules;
   * without this the class path of the test, then the resources directory.
   *
   * @throws ConfigurationException if it is not Liquibase that migrates
   */
  public SchemaFiles searchPath(Path... directories) {
    return with(sources -> sources.searchPath(directories));
  }

  /**
   * The directory that holds, or shall hold, {@code schema-guard/revisions.txt}; without this
   * {@code src/main/resources} below the working directory.
   */
  public SchemaFiles in(Path resourcesDirectory) {
    resources = resourcesDirectory;
    return this;
  }

  /**
   * With {@code schema-guard/checksums.txt} beside the chain, by which an edit of a migration that
   * was committed fails the test without a database. Once the file is there it counts without this,
   * too.
   */
  public SchemaFiles withChecksums() {
    withChecksums = true;
    return this;
  }

  /**
   * With the revisions in sub-folders, as Alembic reads them with {@code
   * recursive_version_locations}. Not needed if alembic.ini, in a folder above, says so.
   */
  public SchemaFiles recursive() {
    option =
        sources -> {
          if (sources instanceof AlembicSources alembic) {
            return alembic.recursive();
          }
          throw new ConfigurationException(
              "recursive()",
              "it is an option of Alembic",
              "Leave it out: other tools read sub-folders or have none.");
        };
    return this;
  }

  /**
   * The database that Flyway migrates, in place of {@code {vendor}} in its locations: {@code
   * postgresql}, {@code mysql}, {@code h2} or another name that Spring Boot uses.
   */
  public SchemaFiles vendor(String name) {
    UnaryOperator<MigrationSources> before = option;
    option =
        sources -> {
          if (before.apply(sources) instanceof FlywaySources flyway) {
            return flyway.vendor(name);
          }
          throw new ConfigurationException(
              "vendor(\"" + name + "\")",
              "only locations of Flyway have a {vendor}",
              "Leave it out.");
        };
    return this;
  }

  /**
   * With migrations that the application hands to Flyway by itself, as Spring does with every bean
   * that is a {@code JavaMigration}; those in Flyway's locations are found without this.
   *
   * @param classes of the migrations; for one that only an object knows the version of, give the
   *     object to {@link #javaMigrations(Collection)}
   * @throws ConfigurationException when verified, if one is not a concrete {@code JavaMigration}
   */
  public SchemaFiles javaMigrations(Class<?>... classes) {
    return javaMigrations(Arrays.asList(classes));
  }

  /**
   * With migrations that the application hands to Flyway by itself: in a test that starts the
   * application's context, {@code context.getBeansOfType(JavaMigration.class).values()}.
   *
   * @throws ConfigurationException when verified, if one is not a {@code JavaMigration}
   */
  public SchemaFiles javaMigrations(Collection<?> migrations) {
    UnaryOperator<MigrationSources> before = option;
    option =
        sources -> {
          if (before.apply(sources) instanceof FlywaySources flyway) {
            return flyway.javaMigrations(migrations);
          }
          throw new ConfigurationException(
              "javaMigrations()", "only Flyway has migrations in Java", "Leave it out.");
        };
    return this;
  }

  SchemaFiles environment(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  /**
   * Compares the files with the migrations. Warnings are logged.
   *
   * @throws AssertionError if the chain is not current, a migration was edited, or the matrix
   *     contradicts it or what the migrations do to older versions; all that is wrong is told at
   *     once
   * @throws ConfigurationException if the migrations or the chain cannot be read
   */
  public void verify() {
    requireResources();
    new FilesVerification(resources.resolve(FOLDER), environment, withChecksums)
        .verify(option.apply(migrations.sources(resources, loader)));
  }

  private void requireResources() {
    if (!Files.isDirectory(resources)) {
      throw new ConfigurationException(
          resources.toString(),
          "there is no such directory below " + Path.of("").toAbsolutePath(),
          "Name the one that holds schema-guard/revisions.txt, or shall hold it, with in(Path).");
    }
  }

  private SchemaFiles with(UnaryOperator<LiquibaseSources> option) {
    migrations = migrations.with(option);
    return this;
  }

  private static ClassLoader contextLoader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? SchemaFiles.class.getClassLoader() : context;
  }
}
