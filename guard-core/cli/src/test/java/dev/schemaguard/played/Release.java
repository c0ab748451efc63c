// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.played;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.build.MigratedDatabase;
import dev.schemaguard.build.SchemaFileUpdate;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.played.Upgrade.Evidence;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A release of the shop as it is deployed: an exploded folder with its manifest, its files of
 * Schema Guard and its migrations.
 *
 * @param folder where it is
 * @param version its version
 */
record Release(Path folder, String version) {

  /** Writes release 1.0.0, which has the first migration only. */
  static Release first(Path folder, Upgrade upgrade) throws IOException {
    Release release = new Release(folder, "1.0.0");
    release.write(
        upgrade.evidence() == Evidence.ALLOWED
            ? "allowed"
            : upgrade.evidence() == Evidence.SCHEMA_FILE ? "intact" : "refused",
        "| 1.0.0 | 1 | 1 | " + (upgrade.evidence() == Evidence.MAX ? "any" : "") + " |\n",
        "1\talias=1_base\n");
    release.migration("V1__base.sql", UpgradeKinds.BASE);
    return release;
  }

  /** Writes release 2.0.0, which has all migrations. */
  static Release second(Path folder, Upgrade upgrade, boolean mysql) throws IOException {
    Release release = new Release(folder, "2.0.0");
    StringBuilder chain = new StringBuilder("1\talias=1_base\n");
    for (int number = 2; number <= upgrade.head(); number++) {
      String file = upgrade.fileName(number);
      release.migration(file, upgrade.script(number, mysql));
      chain.append(number).append("\talias=").append(number);
      chain.append(file.substring(file.indexOf("__") + 1).replace(".sql", "\n"));
    }
    release.write(
        upgrade.evidence() == Evidence.SCHEMA_FILE ? "intact" : "refused",
        "| 2.0.0 | %d | %d | |\n| 1.0.0 | 1 | 1 | |\n".formatted(upgrade.head(), upgrade.min()),
        chain.toString());
    release.migration("V1__base.sql", UpgradeKinds.BASE);
    return release;
  }

  private void write(String unknownAhead, String rows, String chain) throws IOException {
    Files.createDirectories(folder.resolve("META-INF"));
    Files.writeString(
        folder.resolve("META-INF/MANIFEST.MF"),
        "Manifest-Version: 1.0\nImplementation-Version: " + version + "\n");
    Files.createDirectories(folder.resolve("schema-guard"));
    Files.writeString(
        matrix(),
        """
        # Shop: schema compatibility

        Application: shop
        Unknown ahead: %s

        | App version | Expected | Min | Max |
        |-------------|----------|-----|-----|
        """
                .formatted(unknownAhead)
            + rows);
    Files.writeString(folder.resolve("schema-guard/revisions.txt"), chain);
  }

  private void migration(String name, String sql) throws IOException {
    Files.createDirectories(migrations());
    Files.writeString(migrations().resolve(name), sql);
  }

  private Path matrix() {
    return folder.resolve("schema-guard/compatibility.md");
  }

  /** Its matrix, with the chain and the schema file beside it. */
  CompatibilityMatrix bundledMatrix() {
    return CompatibilityMatrix.file(matrix());
  }

  /** The folder of its migrations. */
  Path migrations() {
    return folder.resolve("db/migration");
  }

  /** Writes or updates its schema file from a database that has all of its migrations. */
  void writeSchemaFile(TestDatabase migrated) {
    SchemaFileUpdate update =
        MigratedDatabase.of(migrated.dataSource()).update(matrix().getParent(), bundledMatrix());
    update.writeTo(update.file());
  }

  /** Bundles the schema file of another release, as a starting point for its own. */
  void copySchemaFile(Release other, String dbms) throws IOException {
    String file = "schema-guard/schema." + dbms + ".txt";
    Files.copy(other.folder.resolve(file), folder.resolve(file));
  }

  /** Runs real Flyway with its migrations, up to a number. */
  void migrate(DataSource database, int number) {
    Flyway.configure()
        .dataSource(database)
        .locations("filesystem:" + migrations())
        .target(Integer.toString(number))
        .load()
        .migrate();
  }

  /** Returns what its guard answers if an instance starts now. */
  MigrationStatus check(DataSource database) {
    try (SchemaGuard guard =
        SchemaGuard.builder(database)
            .matrix(bundledMatrix())
            .applicationVersion(version)
            .environment(variable -> null)
            .build()) {
      return guard.check();
    }
  }
}
