// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import org.jspecify.annotations.Nullable;

/**
 * The steps that remain for the user of {@code init}.
 *
 * @param application the application's name; empty if only the application itself can determine it
 * @param migrations the project's migrations; null if it has none yet
 * @param build the relevant content of the project's build files
 */
record InitSteps(String application, @Nullable InitMigrations migrations, BuildFile build) {

  /** The path of the first changelog for an application that has no migrations yet. */
  private static final String FIRST_CHANGELOG = "db/changelog/db.changelog-master.yaml";

  /** The scope of a test dependency in Maven. */
  private static final String TEST = "     <scope>test</scope>\n";

  /**
   * Returns the remaining steps for the user, as text.
   *
   * @param guardVersion the version of this library
   */
  String text(String guardVersion) {
    return """

    Next, in this project:

    1. Add the dependencies (JUnit is there already in most projects):

    %s%s%s%s
    3. %s

    4. Run the tests, and commit the files. From now on the test adds new migrations to the chain.
       If you give it a migrated test database with .withSchema(dataSource), it also lists the tables
       and columns that this version needs, and a schema that lacks one of them is found at startup.\
    """
        .formatted(
            dependency("dev.schemaguard", build.artifact(), guardVersion, ""),
            dependency("dev.schemaguard", "guard-build", guardVersion, TEST),
            toolDependency(),
            migrationsStep(),
            enforceStep());
  }

  private String enforceStep() {
    String strict = " it only warns; " + variable() + "=1 makes it strict for one start.";
    return switch (build.artifact()) {
      case BuildFile.SPRING ->
          "In application.properties: schema-guard.mode=strict\n\n   Without this setting" + strict;
      case BuildFile.SERVLET ->
          "In web.xml: the context parameter schema-guard.mode with the value strict\n\n"
              + "   Without it"
              + strict.replaceFirst(" it", ",");
      default ->
          """
          Before anything else uses the database:

               SchemaGuard.builder(dataSource).applicationVersion("1.0.0").mode(Mode.STRICT).build().enforce();

             Without .mode(Mode.STRICT)\
          """
                  .strip()
              + strict;
    };
  }

  private String dependency(String group, String artifact, String version, String more) {
    return build.gradle()
        ? "     "
            + (more.isEmpty() ? "implementation" : "testImplementation")
            + "(\"%s:%s:%s\")\n".formatted(group, artifact, version)
        : """
           <dependency>
             <groupId>%s</groupId>
             <artifactId>%s</artifactId>
             <version>%s</version>
        %s   </dependency>
        """
            .formatted(group, artifact, version, more)
            .indent(2);
  }

  /** Only Liquibase's changelogs are read by the tool itself, so only they need a dependency. */
  private String toolDependency() {
    boolean needed = migrations == null || migrations.tool() == InitTool.LIQUIBASE;
    return needed && !build.artifact().equals(BuildFile.SPRING)
        ? dependency(
            "org.liquibase",
            "liquibase-core",
            "4.33.0",
            TEST.stripTrailing() + "  <!-- omit the scope if the application migrates itself -->\n")
        : "";
  }

  private String migrationsStep() {
    return migrations != null
        ? """

        2. Look at what was written: schema-guard/revisions.txt holds the migrations of
           %s, schema-guard/compatibility.md which version needs them.
        """
            .formatted(String.join(", ", migrations.names()))
        : """

        2. No migrations were found, so revisions.txt says that there are none yet. If there are some, name
           them: --liquibase, --flyway, --alembic or --golang-migrate. Otherwise write the first one; with
           Liquibase, for example, to src/main/resources/%s:

             databaseChangeLog:
               - changeSet:
                   id: 0001_initial_schema
                   author: me
                   changes:
                     - createTable:
                         tableName: example
                         columns:
                           - column: { name: id, type: bigint, constraints: { primaryKey: true } }

           Then run init again: it adds the migration to the chain, and writes the test that keeps it fresh.
        """
            .formatted(FIRST_CHANGELOG);
  }

  private String variable() {
    return application.isEmpty()
        ? "SCHEMA_GUARD_STRICT"
        : application.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_")
            + "_STRICT_SCHEMA";
  }
}
