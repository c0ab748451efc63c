// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import liquibase.sdk.resource.MockResourceAccessor;

/** The sample application statewave: its matrix, and real Liquibase to bring a database to it. */
public final class Statewave {

  /** The number of its changesets. */
  public static final int REVISIONS = 12;

  private static final String CHANGELOG = "statewave/db/changelog/db.changelog-master.yaml";

  private Statewave() {}

  /** Its matrix as bundled. */
  public static CompatibilityMatrix matrix() {
    return CompatibilityMatrix.parse(
        resource("statewave/schema-guard/compatibility.md"),
        RevisionChain.parse(resource("statewave/schema-guard/revisions.txt"), "revisions.txt"));
  }

  /** Applies the next {@code count} changesets. */
  public static void update(DataSource dataSource, int count) {
    run(dataSource).update(count);
  }

  /** Takes back the last {@code count} changesets. */
  public static void rollback(DataSource dataSource, int count) {
    run(dataSource).rollback(count);
  }

  /** A run of Liquibase with its changelog. */
  public static LiquibaseRun run(DataSource dataSource) {
    return LiquibaseRun.of(dataSource, CHANGELOG);
  }

  /**
   * The same where comments begin with requires-app markers: by id, the oldest version that
   * survives.
   */
  public static LiquibaseRun marked(DataSource dataSource, Map<String, String> floors) {
    Map<String, String> files = new HashMap<>();
    files.put(CHANGELOG, resource(CHANGELOG));
    matrix().chain().orElseThrow().revisions().stream()
        .map(Revision::shortName)
        .forEach(
            id -> {
              String file = CHANGELOG.replaceFirst("[^/]*$", id + ".yaml");
              String marker = floors.containsKey(id) ? "requires-app " + floors.get(id) + "; " : "";
              files.put(file, resource(file).replaceFirst("(comment: >-\\s+)", "$1" + marker));
            });
    return new LiquibaseRun(
        dataSource, null, null, null, CHANGELOG, new MockResourceAccessor(files));
  }

  /** A guard of a database for one of its versions, whatever the environment says. */
  public static SchemaGuardBuilder guard(DataSource dataSource, String version) {
    return SchemaGuard.builder(dataSource)
        .matrix(matrix())
        .applicationVersion(version)
        .environment(variable -> null);
  }

  /** A text resource of the test class path. */
  public static String resource(String name) {
    try (InputStream in = Statewave.class.getClassLoader().getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
