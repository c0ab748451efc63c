// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The test that an application adds to keep {@code schema-guard/revisions.txt} and {@code
 * schema-guard/schema.<dbms>.txt} up to date and to check the matrix next to them.
 *
 * <pre>{@code
 * @Test
 * void schemaGuardFilesAreCurrent() {
 *   SchemaFiles.liquibase("db/changelog/master.yaml").contexts("prod").verify();
 * }
 * }</pre>
 *
 * <p>On a developer's machine it updates the file and fails once, asking to commit it. If the
 * environment variable {@code CI} is set to anything except {@code false}, it does not write
 * anything. Liquibase must be on the test class path; files of other tools are read without the
 * tool. Not thread-safe.
 */
public final class SchemaFiles {

  private static final String FOLDER = "schema-guard";

  private final ClassLoader loader = contextLoader();
  private @Nullable ProjectMigrations migrations;
  private final List<MigratedDatabase> databases = new ArrayList<>();
  private Path resources = Path.of("src", "main", "resources");
  private Map<String, String> environment = System.getenv();
  private boolean withChecksums;
  private UnaryOperator<MigrationSources> option = UnaryOperator.identity();

  private SchemaFiles(@Nullable ProjectMigrations migrations) {
    this.migrations = migrations;
  }

  /**
   * Returns the test for an application that uses Liquibase.
   *
   * @param changelog the changelog as the application names it, looked for on the class path, then
   *     in the resources directory
   */
  public static SchemaFiles liquibase(String changelog) {
    return new SchemaFiles(new LiquibaseProject(changelog));
  }

  /**
   * Returns the test for an application that uses Flyway.
   *
   * @param locations the locations as the application names them, looked for below {@code src/main}
   *     and on the class path, without those of tests; for migrations that are classes, the
   *     compiled classes are evaluated if Flyway is on the class path, otherwise their sources
   */
  public static SchemaFiles flyway(String... locations) {
    return new SchemaFiles(
        (resources, loader) ->
            FlywaySources.of(ProjectMigrations.roots(resources), loader, locations));
  }

  /** Returns the test for an application that uses Flyway with a different naming of migrations. */
  public static SchemaFiles flyway(FlywaySources sources) {
    return new SchemaFiles((resources, loader) -> sources);
  }

  /**
   * Returns the test for an application whose database is migrated by Alembic.
   *
   * @param directories the directories of revisions, relative to the working directory: {@code
   *     migrations/versions}
   */
  public static SchemaFiles alembic(String... directories) {
    Path[] paths = Arrays.stream(directories).map(Path::of).toArray(Path[]::new);
    return new SchemaFiles((resources, loader) -> AlembicSources.directories(paths));
  }

  /**
   * Returns the test for an application whose database is migrated by golang-migrate.
   *
   * @param directory the directory of migrations, relative to the working directory: {@code
   *     db/migrations}
   */
  public static SchemaFiles golangMigrate(String directory) {
    Path path = Path.of(directory);
    return new SchemaFiles((resources, loader) -> GolangMigrateSources.directory(path));
  }

  /** Returns the test for an application whose {@code revisions.txt} is written by hand. */
  public static SchemaFiles withoutMigrations() {
    return new SchemaFiles(null);
  }

  /**
   * Keeps {@code schema-guard/schema.<dbms>.txt} for the product of a migrated database. Call it
   * for each product that production uses; the files of other products are not written.
   *
   * @param dataSource a test database that has all of the application's migrations
   */
  public SchemaFiles withSchema(DataSource dataSource) {
    return withSchema(MigratedDatabase.of(dataSource));
  }

  /** Keeps {@code schema-guard/schema.<dbms>.txt} for a migrated database with other settings. */
  public SchemaFiles withSchema(MigratedDatabase database) {
    databases.add(Objects.requireNonNull(database, "database"));
    return this;
  }

  /**
   * Sets the contexts of production. Changesets that they exclude are optional; without a filter,
   * all are required.
   *
   * @throws ConfigurationException if the tool is not Liquibase
   */
  public SchemaFiles contexts(String filter) {
    return with(sources -> sources.contexts(filter));
  }

  /**
   * Sets the label expression of production. Changesets that it excludes are optional.
   *
   * @throws ConfigurationException if the tool is not Liquibase
   */
  public SchemaFiles labels(String filter) {
    return with(sources -> sources.labels(filter));
  }

  /**
   * Sets a value for {@code ${name}} in the changelog.
   *
   * @throws ConfigurationException if the tool is not Liquibase
   */
  public SchemaFiles parameter(String name, String value) {
    return with(sources -> sources.parameter(name, value));
  }

  /**
   * Sets the database product that the changelog is read for, by Liquibase's short name ({@code
   * postgresql}). Properties and {@code modifySql} for another {@code dbms} are then ignored.
   *
   * @throws ConfigurationException if the tool is not Liquibase
   */
  public SchemaFiles dbms(String product) {
    return with(sources -> sources.on(product, null));
  }

  /**
   * Sets the directories that paths in the changelog are relative to, as in a project with several
   * modules. By default, these are the class path of the test, then the resources directory.
   *
   * @throws ConfigurationException if the tool is not Liquibase
   */
  public SchemaFiles searchPath(Path... directories) {
    return with(sources -> sources.searchPath(directories));
  }

  /**
   * Sets the directory that contains, or will contain, {@code schema-guard/revisions.txt}. By
   * default, this is {@code src/main/resources} below the working directory.
   */
  public SchemaFiles in(Path resourcesDirectory) {
    resources = resourcesDirectory;
    return this;
  }

  /**
   * Adds {@code schema-guard/checksums.txt} next to the revision chain, with which the test fails
   * without a database if a committed migration is edited. Once the file exists, it is used without
   * this call too.
   */
  public SchemaFiles withChecksums() {
    withChecksums = true;
    return this;
  }

  /**
   * Includes the revisions in sub-folders, as Alembic reads them with {@code
   * recursive_version_locations}. Not needed if alembic.ini in a parent directory sets this.
   */
  public SchemaFiles recursive() {
    option =
        sources -> {
          if (sources instanceof AlembicSources alembic) {
            return alembic.recursive();
          }
          throw new ConfigurationException(
              "recursive()", "it is an option of Alembic", "Leave it out.");
        };
    return this;
  }

  /**
   * Sets the database that Flyway migrates, which replaces {@code {vendor}} in its locations:
   * {@code postgresql}, {@code mysql}, {@code h2} or another name that Spring Boot uses.
   */
  public SchemaFiles vendor(String name) {
    return ofFlyway(
        flyway -> flyway.vendor(name),
        "vendor(\"" + name + "\")",
        "only locations of Flyway have a {vendor}");
  }

  /**
   * Adds migrations that the application passes to Flyway itself, as Spring does with every bean
   * that is a {@code JavaMigration}. Migrations in Flyway's locations are found without this call.
   *
   * @param classes the classes of the migrations; if only an object can provide the version, pass
   *     the object to {@link #javaMigrations(Collection)}
   * @throws ConfigurationException when verified, if one is not a concrete {@code JavaMigration}
   */
  public SchemaFiles javaMigrations(Class<?>... classes) {
    return javaMigrations(Arrays.asList(classes));
  }

  /**
   * Adds migrations that the application passes to Flyway itself. In a test that starts the
   * application's context, use {@code context.getBeansOfType(JavaMigration.class).values()}.
   *
   * @throws ConfigurationException when verified, if one is not a {@code JavaMigration}
   */
  public SchemaFiles javaMigrations(Collection<?> migrations) {
    return ofFlyway(
        flyway -> flyway.javaMigrations(migrations),
        "javaMigrations()",
        "only Flyway has migrations in Java");
  }

  private SchemaFiles ofFlyway(UnaryOperator<FlywaySources> setting, String call, String reason) {
    UnaryOperator<MigrationSources> before = option;
    option =
        sources -> {
          if (before.apply(sources) instanceof FlywaySources flyway) {
            return setting.apply(flyway);
          }
          throw new ConfigurationException(call, reason, "Leave it out.");
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
   * @throws AssertionError if the revision chain or a schema file is not current or cannot be
   *     updated, a migration was edited, or the matrix contradicts the revision chain or the
   *     effects of the migrations on older versions; the message contains everything that is wrong
   * @throws ConfigurationException if the migrations or the revision chain cannot be read
   */
  public void verify() {
    requireResources();
    FilesVerification verification =
        new FilesVerification(
            resources.resolve(FOLDER), environment, withChecksums, List.copyOf(databases));
    if (migrations == null) {
      verification.verifyWithoutMigrations();
    } else {
      verification.verify(option.apply(migrations.sources(resources, loader)));
    }
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
    if (migrations == null) {
      throw new ConfigurationException(
          "SchemaFiles", "contexts, labels and parameters are Liquibase's", "Leave them out.");
    }
    migrations = migrations.with(option);
    return this;
  }

  private static ClassLoader contextLoader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? SchemaFiles.class.getClassLoader() : context;
  }
}
